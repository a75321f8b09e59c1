// A member that is ts-mls. The same methods as those of our-member.mjs.
//
// Set to Veranda's own profile: Commits as PrivateMessages, Adds and Removes by value, no padding of its own (the
// application pads).

import * as mls from "ts-mls";
import { decodeRatchetTree, encodeRatchetTree } from "ts-mls/ratchetTree.js";

import { hash, kdf, signature } from "./node-crypto.mjs";
import { hex } from "./peer.mjs";

const suite = {
  ...(await mls.getCiphersuiteImpl(
    mls.getCiphersuiteFromName("MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519"),
  )),
  hash,
  kdf,
  signature,
};

const config = {
  keyRetentionConfig: { ...mls.defaultKeyRetentionConfig, retainKeysForGenerations: 64 },
  lifetimeConfig: mls.defaultLifetimeConfig,
  keyPackageEqualityConfig: mls.defaultKeyPackageEqualityConfig,
  paddingConfig: { kind: "alwaysPad", paddingLength: 0 },
  authService: mls.defaultAuthenticationService,
};

const version = "mls10";

function decode(bytes, wireformat) {
  const [message, length] = mls.decodeMlsMessage(bytes, 0);
  if (length !== bytes.length) throw new Error("bytes are left over");
  if (message.wireformat !== wireformat) throw new Error(`${message.wireformat} where ${wireformat} was awaited`);
  return message;
}

export class TsMember {
  kind = "ts-mls";
  #own;
  #state;
  #undecided;

  constructor(name, { capabilities = mls.defaultCapabilities(), padding } = {}) {
    this.name = name;
    this.capabilities = capabilities; // with GREASE in it
    this.config = padding ? { ...config, paddingConfig: padding } : config;
  }

  get state() {
    return this.#state;
  }

  async keyPackage() {
    const credential = { credentialType: "basic", identity: new TextEncoder().encode(this.name) };
    this.#own = await mls.generateKeyPackage(credential, this.capabilities, mls.defaultLifetime, [], suite);
    return mls.encodeMlsMessage({ version, wireformat: "mls_key_package", keyPackage: this.#own.publicPackage });
  }

  async create(groupId) {
    await this.keyPackage();
    const { publicPackage, privatePackage } = this.#own;
    this.#state = await mls.createGroup(groupId, publicPackage, privatePackage, [], suite, this.config);
  }

  async join(welcome, tree) {
    this.#state = await mls.joinGroup(
      decode(welcome, "mls_welcome").welcome,
      this.#own.publicPackage,
      this.#own.privatePackage,
      mls.emptyPskIndex,
      suite,
      tree && decodeRatchetTree(tree, 0)[0],
      undefined,
      this.config,
    );
  }

  // `path`: ts-mls makes one only where it is required.
  async commit({ adds = [], removes = [], treeInWelcome = true }) {
    const extraProposals = [
      ...removes.map((removed) => ({ proposalType: "remove", remove: { removed } })),
      ...adds.map((add) => ({ proposalType: "add", add: { keyPackage: decode(add, "mls_key_package").keyPackage } })),
    ];
    const made = await mls.createCommit(
      { state: this.#state, cipherSuite: suite },
      { extraProposals, ratchetTreeExtension: treeInWelcome, wireAsPublicMessage: false },
    );
    this.#undecided = made.newState;
    const welcome =
      made.welcome && mls.encodeMlsMessage({ version, wireformat: "mls_welcome", welcome: made.welcome });
    return { message: mls.encodeMlsMessage(made.commit), welcomes: adds.map(() => welcome) };
  }

  async accept() {
    this.#state = this.#undecided;
    this.#undecided = undefined;
  }

  async open(message) {
    const { privateMessage } = decode(message, "mls_private_message");
    const received = await mls.processPrivateMessage(this.#state, privateMessage, mls.emptyPskIndex, suite);
    this.#state = received.newState;
    if (received.kind === "applicationMessage") return { kind: "text", text: received.message };
    return { kind: this.#state.groupActiveState.kind === "removedFromGroup" ? "removed" : "commit" };
  }

  async seal(text) {
    const made = await mls.createApplicationMessage(this.#state, text, suite);
    this.#state = made.newState;
    return mls.encodeMlsMessage({ version, wireformat: "mls_private_message", privateMessage: made.privateMessage });
  }

  async where() {
    return {
      epoch: Number(this.#state.groupContext.epoch),
      leaf: this.#state.privatePath.leafIndex,
      authenticator: hex(this.#state.keySchedule.epochAuthenticator),
    };
  }

  async export(label, context, length) {
    return hex(await mls.mlsExporter(this.#state.keySchedule.exporterSecret, label, context, length, suite));
  }

  async leafOf(name) {
    const is = (node) => node?.nodeType === "leaf" && new TextDecoder().decode(node.leaf.credential.identity) === name;
    return this.#state.ratchetTree.findIndex(is) / 2;
  }

  async tree() {
    return encodeRatchetTree(this.#state.ratchetTree);
  }
}
