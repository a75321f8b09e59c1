// Argon2id, which the core borrows when something is sealed or opened under a passphrase or a PIN. It takes 64 MiB:
// each call has an instance of its own, whose memory is wiped and then let go of.
import { type Lent, wasiImports } from "./wasm";

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  alloc(size: number): number;
  argon2id(key: number, passphrase: number, size: number, salt: number, memoryKib: number, passes: number): number;
}

const keyBytes = 32;

/** What the core is lent, once the module is there. Synchronous, as the core is: only for a worker or Node. */
export function argon2idBy(
  instantiate: (imports: WebAssembly.Imports) => Pick<WebAssembly.Instance, "exports">,
): Lent["argon2id"] {
  return (passphrase, salt, memoryKib, passes) => {
    let memory: WebAssembly.Memory | undefined;
    const it = instantiate(wasiImports(() => memory!)).exports as unknown as Exports;
    memory = it.memory;
    it._initialize();
    const [keyAt, passphraseAt, saltAt] = [it.alloc(keyBytes), it.alloc(passphrase.length), it.alloc(salt.length)];
    new Uint8Array(it.memory.buffer).set(passphrase, passphraseAt);
    new Uint8Array(it.memory.buffer).set(salt, saltAt);
    const refused = it.argon2id(keyAt, passphraseAt, passphrase.length, saltAt, memoryKib, passes);
    const key = refused === 0 ? new Uint8Array(it.memory.buffer, keyAt, keyBytes).slice() : null;
    new Uint8Array(it.memory.buffer).fill(0);
    return key;
  };
}
