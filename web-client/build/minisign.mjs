// Checks a signature as minisign writes it: Ed25519 over the BLAKE2b-512 of the file, and over the trusted comment.
// Keys are made and files signed by minisign itself (ops/sign-page).
import { createHash, createPublicKey, verify } from "node:crypto";

const algorithmOfKeys = Buffer.from("Ed");
const algorithmOfSignatures = Buffer.from("ED");
const spkiHead = Buffer.from("302a300506032b6570032100", "hex"); // an Ed25519 key in DER

/** Of the text of a .pub file, or of its second line alone. */
export function readPublicKey(text) {
  const bytes = bytesOf(text.trim().split("\n").at(-1), 42);
  if (!bytes.subarray(0, 2).equals(algorithmOfKeys)) throw new Error("this is no public key of minisign's");
  const key = createPublicKey({ key: Buffer.concat([spkiHead, bytes.subarray(10)]), format: "der", type: "spki" });
  return { id: bytes.subarray(2, 10), key };
}

/** The trusted comment of a good signature. Errors: each says what is wrong. */
export function checkSignature(content, signatureText, { id, key }) {
  const [, signatureLine, commentLine, globalLine] = signatureText.split("\n");
  const comment = /^trusted comment: (.*)$/.exec(commentLine ?? "")?.[1];
  if (comment === undefined) throw new Error("this is no signature of minisign's");
  const bytes = bytesOf(signatureLine, 74);
  const global = bytesOf(globalLine, 64);
  if (!bytes.subarray(0, 2).equals(algorithmOfSignatures)) throw new Error("a signature of an old kind");
  if (!bytes.subarray(2, 10).equals(id)) throw new Error("signed by another key");
  const signature = bytes.subarray(10);
  const hash = createHash("blake2b512").update(content).digest();
  if (!verify(null, hash, key, signature)) throw new Error("the signature is not good");
  if (!verify(null, Buffer.concat([signature, Buffer.from(comment)]), key, global))
    throw new Error("the signature's comment was changed");
  return comment;
}

function bytesOf(base64, size) {
  const bytes = Buffer.from(base64 ?? "", "base64");
  if (bytes.length !== size || bytes.toString("base64") !== base64) throw new Error("this is not minisign's form");
  return bytes;
}
