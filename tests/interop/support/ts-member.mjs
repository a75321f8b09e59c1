// A member that is ts-mls. The same methods as those of our-member.mjs.
//
// Set to Veranda's own profile, where nothing else is asked for: Commits as PrivateMessages, Adds and Removes by value,
// no padding of its own (the application pads).

import * as mls from "ts-mls";
import { encode } from "ts-mls/codec/tlsEncoder.js";
import { decodeVarLenType, varLenDataEncoder } from "ts-mls/codec/variableLength.js";
import { createGroupInfo } from "ts-mls/createCommit.js";
import { decodeExtension } from "ts-mls/extension.js";
import { signLeafNodeCommit } from "ts-mls/leafNode.js";
import { decodeRatchetTree, encodeRatchetTree } from "ts-mls/ratchetTree.js";

import { hash, kdf, signature } from "./node-crypto.mjs";
import { hex } from "./peer.mjs";

const suite = {
  ...(await mls.getCiphersuiteImpl(mls.getCiphersuiteFromName("MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519"))),
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

function decode(bytes, ...wireformats) {
  const [message, length] = mls.decodeMlsMessage(bytes, 0);
  if (length !== bytes.length) throw new Error("bytes are left over");
  if (!wireformats.includes(message.wireformat)) throw new Error(`not awaited: ${message.wireformat}`);
  return message;
}

export class TsMember {
  kind = "ts-mls";
  #own;
  #state;
  #undecided;
  #newLeafKey; // of an Update on its way
  #psks = {};

  constructor(name, { padding } = {}) {
    this.name = name;
    this.config = padding ? { ...config, paddingConfig: padding } : config;
  }

  async keyPackage() {
    const credential = { credentialType: "basic", identity: new TextEncoder().encode(this.name) };
    const capabilities = mls.defaultCapabilities(); // with GREASE in it
    this.#own = await mls.generateKeyPackage(credential, capabilities, mls.defaultLifetime, [], suite);
    return mls.encodeMlsMessage({ version, wireformat: "mls_key_package", keyPackage: this.#own.publicPackage });
  }

  async create(groupId) {
    await this.keyPackage();
    const { publicPackage, privatePackage } = this.#own;
    this.#state = await mls.createGroup(groupId, publicPackage, privatePackage, [], suite, this.config);
  }

  // One who is in a group may join one that follows upon it.
  async join(welcome, tree) {
    this.#state = await mls.joinGroup(
      decode(welcome, "mls_welcome").welcome,
      this.#own.publicPackage,
      this.#own.privatePackage,
      mls.makePskIndex(this.#state, this.#psks),
      suite,
      tree && decodeRatchetTree(tree, 0)[0],
      this.#state,
      this.config,
    );
  }

  async succeed(keyPackages, groupId) {
    await this.keyPackage();
    const { publicPackage, privatePackage } = this.#own;
    const others = keyPackages.map((bytes) => decode(bytes, "mls_key_package").keyPackage);
    const { reinit } = this.#state.groupActiveState;
    const { newState, welcome } = groupId
      ? await mls.branchGroup(this.#state, publicPackage, privatePackage, others, groupId, suite)
      : await mls.reinitCreateNewGroup(
          this.#state,
          publicPackage,
          privatePackage,
          others,
          reinit.groupId,
          reinit.cipherSuite,
          reinit.extensions,
        );
    this.#undecided = newState;
    const message = mls.encodeMlsMessage({ version, wireformat: "mls_welcome", welcome });
    return keyPackages.map(() => message);
  }

  // It makes a path only where it must, whatever `path` says, and puts in by reference whatever is pending.
  async commit(proposals, { isPublic = false, treeInWelcome = true } = {}) {
    const made = await mls.createCommit(
      { state: this.#state, cipherSuite: suite, pskIndex: this.#pskIndex() },
      {
        extraProposals: proposals.map((proposal) => this.#proposal(proposal)),
        ratchetTreeExtension: treeInWelcome,
        wireAsPublicMessage: isPublic,
      },
    );
    this.#undecided = made.newState;
    const { welcome } = made;
    const message = welcome && mls.encodeMlsMessage({ version, wireformat: "mls_welcome", welcome });
    return { message: mls.encodeMlsMessage(made.commit), welcomes: welcome ? welcome.secrets.map(() => message) : [] };
  }

  async accept() {
    this.#state = this.#undecided;
    this.#undecided = this.#newLeafKey = undefined;
  }

  async open(message, { asItDoes = false } = {}) {
    if (asItDoes) {
      const any = decode(message, "mls_private_message", "mls_public_message");
      return mls.processMessage(any, this.#state, this.#pskIndex(), mls.acceptAll, suite);
    }
    const { privateMessage, publicMessage } = decode(message, "mls_private_message", "mls_public_message");
    const { epoch } = this.#state.groupContext;
    const received = privateMessage
      ? await mls.processPrivateMessage(this.#mayBeUpdated(privateMessage), privateMessage, this.#pskIndex(), suite)
      : await mls.processPublicMessage(
          this.#mayBeUpdated(publicMessage.content),
          publicMessage,
          this.#pskIndex(),
          suite,
        );
    if (received.kind === "applicationMessage") {
      this.#state = received.newState;
      return { kind: "text", text: received.message };
    }
    this.#state = received.newState;
    if (this.#state.groupActiveState.kind === "removedFromGroup") return { kind: "removed" };
    if (this.#state.groupContext.epoch === epoch) return { kind: "proposal" };
    this.#newLeafKey = undefined;
    return { kind: "commit" };
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

  async propose(proposal, isPublic) {
    const made = await mls.createProposal(this.#state, isPublic, this.#proposal(proposal), suite);
    this.#state = made.newState;
    return mls.encodeMlsMessage(made.message);
  }

  // ts-mls has no function for this: the leaf is made and signed here, and the key put in place when a Commit comes.
  async update(isPublic) {
    const { leafIndex } = this.#state.privatePath;
    const { publicKey, privateKey } = await suite.hpke.generateKeyPair();
    const leaf = {
      ...this.#state.ratchetTree[2 * leafIndex].leaf,
      leafNodeSource: "update",
      hpkePublicKey: await suite.hpke.exportPublicKey(publicKey),
      groupId: this.#state.groupContext.groupId,
      leafIndex,
    };
    const leafNode = await signLeafNodeCommit(leaf, this.#state.signaturePrivateKey, suite.signature);
    const update = { leafNode };
    const made = await mls.createProposal(this.#state, isPublic, { proposalType: "update", update }, suite);
    this.#state = made.newState;
    this.#newLeafKey = await suite.hpke.exportPrivateKey(privateKey);
    return mls.encodeMlsMessage(made.message);
  }

  async hold(id, secret) {
    this.#psks[mls.bytesToBase64(id)] = secret;
  }

  // With external_pub as RFC 9420 has it. createGroupInfoWithExternalPub leaves out its inner length.
  async info(treeInside = true, { asItDoes = false } = {}) {
    const { externalSecret } = this.#state.keySchedule;
    const { publicKey } = await suite.hpke.deriveKeyPair(externalSecret);
    const extensionData = encode(varLenDataEncoder)(await suite.hpke.exportPublicKey(publicKey));
    const extensions = [{ extensionType: "external_pub", extensionData }];
    if (treeInside) extensions.push({ extensionType: "ratchet_tree", extensionData: await this.tree() });
    const { groupContext, confirmationTag } = this.#state;
    const groupInfo = asItDoes
      ? await mls.createGroupInfoWithExternalPubAndRatchetTree(this.#state, [], suite)
      : await createGroupInfo(groupContext, confirmationTag, this.#state, extensions, suite);
    return mls.encodeMlsMessage({ version, wireformat: "mls_group_info", groupInfo });
  }

  async joinExternally(info, { tree, oldLeaf, asItDoes = false } = {}) {
    if (oldLeaf === undefined) await this.keyPackage();
    const { groupInfo } = decode(info, "mls_group_info");
    if (!asItDoes) groupInfo.extensions = groupInfo.extensions.map(readAtFirstWithoutItsLength);
    const { publicPackage, privatePackage } = this.#own;
    const made = await mls.joinGroupExternal(
      groupInfo,
      publicPackage,
      privatePackage,
      oldLeaf !== undefined,
      suite,
      tree && decodeRatchetTree(tree, 0)[0],
      this.config,
    );
    this.#undecided = made.newState;
    return mls.encodeMlsMessage({ version, wireformat: "mls_public_message", publicMessage: made.publicMessage });
  }

  #pskIndex() {
    return mls.makePskIndex(this.#state, this.#psks);
  }

  #proposal(proposal) {
    const [[kind, value]] = Object.entries(proposal);
    const pskNonce = crypto.getRandomValues(new Uint8Array(32));
    const psk = (id) => ({ proposalType: "psk", psk: { preSharedKeyId: { ...id, pskNonce } } });
    if (kind === "add")
      return { proposalType: "add", add: { keyPackage: decode(value, "mls_key_package").keyPackage } };
    if (kind === "extensions") {
      const [extensions] = decodeVarLenType(decodeExtension)(value, 0);
      return { proposalType: "group_context_extensions", groupContextExtensions: { extensions } };
    }
    if (kind === "reinit") {
      const { cipherSuite, extensions } = this.#state.groupContext;
      return { proposalType: "reinit", reinit: { groupId: value, version, cipherSuite, extensions } };
    }
    if (kind === "remove") return { proposalType: "remove", remove: { removed: value } };
    if (kind === "psk") return psk({ psktype: "external", pskId: value });
    const pskGroupId = this.#state.groupContext.groupId;
    return psk({ psktype: "resumption", usage: "application", pskGroupId, pskEpoch: BigInt(value) });
  }

  // Before a Commit that takes her Update: with the key that the Update brought.
  #mayBeUpdated({ contentType }) {
    if (contentType !== "commit" || !this.#newLeafKey) return this.#state;
    const { privatePath } = this.#state;
    const privateKeys = { ...privatePath.privateKeys, [2 * privatePath.leafIndex]: this.#newLeafKey };
    return { ...this.#state, privatePath: { ...privatePath, privateKeys } };
  }
}

// joinGroupExternal takes the whole of external_pub for the key, and afterwards checks the signature over it. So that
// the rest can be tried, it reads the key first, and then what was signed.
function readAtFirstWithoutItsLength(extension) {
  if (extension.extensionType !== "external_pub") return extension;
  let times = 0;
  return {
    extensionType: "external_pub",
    get extensionData() {
      return times++ === 0 ? extension.extensionData.subarray(1) : extension.extensionData;
    },
  };
}
