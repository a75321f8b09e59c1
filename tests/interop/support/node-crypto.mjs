// Hashes, key derivation and signatures for ts-mls by Node's own functions that answer at once. Its usual ones go to
// another thread for each hash, which takes ten times as long. Sealing, and all of MLS, stays its own.

import { createHash, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { sign as signNow, timingSafeEqual, verify as verifyNow } from "node:crypto";

const hmac = (key, data) => new Uint8Array(createHmac("sha256", key).update(data).digest());

export const hash = {
  digest: async (data) => new Uint8Array(createHash("sha256").update(data).digest()),
  mac: async (key, data) => hmac(key, data),
  verifyMac: async (key, mac, data) => mac.length === 32 && timingSafeEqual(mac, hmac(key, data)),
};

export const kdf = {
  size: 32,
  extract: async (salt, keyMaterial) => hmac(salt, keyMaterial),
  async expand(key, info, length) {
    const blocks = [];
    let block = new Uint8Array();
    for (let i = 1; blocks.length * 32 < length; ++i) {
      block = hmac(key, Buffer.concat([block, info, Uint8Array.of(i)]));
      blocks.push(block);
    }
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
  },
};

const publicKeyHead = Buffer.from("302a300506032b6570032100", "hex"); // SubjectPublicKeyInfo of Ed25519

export const signature = {
  async sign(key, message) {
    return new Uint8Array(
      signNow(null, message, createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" })),
    );
  },
  async verify(key, message, bytes) {
    const publicKey = createPublicKey({ key: Buffer.concat([publicKeyHead, key]), format: "der", type: "spki" });
    return verifyNow(null, message, publicKey, bytes);
  },
  async keygen() {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    return {
      signKey: new Uint8Array(privateKey.export({ format: "der", type: "pkcs8" })),
      publicKey: new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(publicKeyHead.length)),
    };
  },
};
