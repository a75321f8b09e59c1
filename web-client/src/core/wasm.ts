// The client core as an object: one instance of a module, called by the names of client-lib/wasm/abi.h.
//
// It copies texts in and out of the module's memory and gives it time and randomness. It takes no decision. Runs the
// same in a worker and in Node.

type Address = number;

export interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  veranda_alloc(size: number): Address;
  veranda_free(address: Address, size: number): void;
  veranda_output(): Address;
  veranda_output_size(): number;
  veranda_start(origin: Address, size: number): void;
  veranda_wipe(): void;
  veranda_organisation(text: Address, size: number): void;
  veranda_word_list(which: number, text: Address, size: number): number;
  veranda_unknown_words(words: Address, size: number): number;
  veranda_command(channel: number, fields: Address, size: number, wall: number, steady: number): number;
  veranda_close(channel: number): void;
  veranda_connected(channel: number, wall: number, steady: number): void;
  veranda_received(channel: number, message: Address, size: number, wall: number, steady: number): void;
  veranda_disconnected(channel: number, wall: number, steady: number): void;
  veranda_tick(wall: number, steady: number): void;
  veranda_next_action(): number;
  veranda_next_event(): number;
  veranda_channel(): number;
  veranda_ticket(channel: number): void;
}

export interface Clock {
  wallMs(): number;
  steadyMs(): number;
}

/** What the core borrows. Null: it can't be had now, or there is not the memory for it. */
export interface Lent {
  argon2id(
    passphrase: Uint8Array<ArrayBuffer>,
    salt: Uint8Array<ArrayBuffer>,
    memoryKib: number,
    passes: number,
  ): Uint8Array<ArrayBuffer> | null;
}

export type Action =
  | { do: "connect"; channel: number }
  | { do: "send"; channel: number; message: Uint8Array<ArrayBuffer> }
  | { do: "disconnect"; channel: number }
  | { do: "save-book"; channel: number; file: string };

export interface Outcome {
  problem: string | null; // the name of the rule that was broken
  texts: string[]; // what a command answers with
}

const clock: Clock = { wallMs: () => Date.now(), steadyMs: () => performance.now() };

const success = 0;
const saltBytes = 16;
const nothingLent: Lent = { argon2id: () => null };

/** The WASI functions that a module imports. Only random_get matters; what it prints is dropped. */
export function wasiImports(memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const badFile = 8;
  return {
    wasi_snapshot_preview1: {
      random_get(address: number, size: number): number {
        const most = 65_536; // getRandomValues refuses more at once
        for (let done = 0; done < size; done += most)
          crypto.getRandomValues(new Uint8Array(memory().buffer, address + done, Math.min(most, size - done)));
        return success;
      },
      fd_write: () => badFile,
      fd_seek: () => badFile,
      fd_close: () => badFile,
      fd_fdstat_get: () => badFile,
      poll_oneoff: () => badFile,
      proc_exit(): never {
        throw new Error("the core has stopped");
      },
    },
  };
}

/** What the core imports: that, and what it is lent. */
export function coreImports(memory: () => WebAssembly.Memory, lent: Lent): WebAssembly.Imports {
  const copy = (address: number, size: number) => new Uint8Array(memory().buffer as ArrayBuffer, address, size).slice();
  const argon2id = (
    keyAt: number,
    passphraseAt: number,
    passphraseSize: number,
    saltAt: number,
    memoryKib: number,
    passes: number,
  ): number => {
    const passphrase = copy(passphraseAt, passphraseSize);
    const key = lent.argon2id(passphrase, copy(saltAt, saltBytes), memoryKib, passes);
    if (key !== null) new Uint8Array(memory().buffer).set(key, keyAt);
    key?.fill(0);
    passphrase.fill(0);
    return key === null ? -1 : success;
  };
  return { ...wasiImports(memory), veranda: { argon2id } };
}

/** Takes what WebAssembly.instantiate needs, so that the caller decides how the bytes come, or the script instead. */
export async function instantiate(
  load: (imports: WebAssembly.Imports) => Promise<Pick<WebAssembly.Instance, "exports">>,
  origin: string,
  time: Clock = clock,
  lent: Lent = nothingLent,
): Promise<Core> {
  let memory: WebAssembly.Memory | undefined;
  const instance = await load(coreImports(() => memory!, lent));
  const exports = instance.exports as unknown as Exports;
  memory = exports.memory;
  exports._initialize();
  return new Core(exports, origin, time);
}

export class Core {
  readonly #exports: Exports;
  readonly #origin: string;
  readonly #time: Clock;

  constructor(exports: Exports, origin: string, time: Clock) {
    this.#exports = exports;
    this.#origin = origin;
    this.#time = time;
    this.#start();
  }

  /** A command of core/commands.ts, with its arguments as texts. */
  command(channel: number, name: string, ...values: string[]): Outcome {
    // A text can't hold the zero byte that ends it. The core refuses what has one too many.
    const fields = [name, ...values].map((value) => `${value}\0`).join("");
    const code = this.#withText(fields, (at, size) => this.#exports.veranda_command(channel, at, size, ...this.#now()));
    return code === 0 ? { problem: null, texts: this.#outputTexts() } : { problem: this.#outputText(), texts: [] };
  }

  close(channel: number): void {
    this.#exports.veranda_close(channel);
  }

  /** The text of organisation.pub, for what names no organisation itself. */
  organisation(file: string): void {
    this.#withText(file, (at, size) => this.#exports.veranda_organisation(at, size));
  }

  /** Hands in a list of joining/words: 0 English, 1 French, 2 Italian. */
  wordList(which: number, text: string): void {
    this.#withText(text, (at, size) => this.#exports.veranda_word_list(which, at, size));
  }

  unknownWords(words: string): string[] {
    this.#withText(words, (at, size) => this.#exports.veranda_unknown_words(at, size));
    return this.#outputTexts();
  }

  // The world.
  connected(channel: number): void {
    this.#exports.veranda_connected(channel, ...this.#now());
  }
  received(channel: number, message: Uint8Array): void {
    this.#withBytes(message, (at, size) => this.#exports.veranda_received(channel, at, size, ...this.#now()));
  }
  disconnected(channel: number): void {
    this.#exports.veranda_disconnected(channel, ...this.#now());
  }
  tick(): void {
    this.#exports.veranda_tick(...this.#now());
  }

  // What comes out. Null: nothing more.
  nextAction(): Action | null {
    const action = this.#exports.veranda_next_action();
    const channel = this.#exports.veranda_channel();
    switch (action) {
      case 1:
        return { do: "connect", channel };
      case 2:
        return { do: "send", channel, message: this.#output().slice() };
      case 3:
        return { do: "disconnect", channel };
      case 4:
        return { do: "save-book", channel, file: this.#outputText() };
      default:
        return null;
    }
  }
  nextEvent(): { channel: number; json: string } | null {
    if (this.#exports.veranda_next_event() !== 1) return null;
    return { channel: this.#exports.veranda_channel(), json: this.#outputText() };
  }

  /** The way back into the group on a channel; empty: there is none. */
  ticket(channel: number): string {
    this.#exports.veranda_ticket(channel);
    return this.#outputText();
  }

  /** Wipes keys, buffers and every text's copies, and begins afresh. */
  forget(): void {
    this.#exports.veranda_wipe();
    this.#start();
  }

  #start(): void {
    this.#withText(this.#origin, (at, size) => this.#exports.veranda_start(at, size));
  }

  #now(): [number, number] {
    return [this.#time.wallMs(), this.#time.steadyMs()];
  }

  #output(): Uint8Array<ArrayBuffer> {
    const { memory, veranda_output, veranda_output_size } = this.#exports;
    return new Uint8Array(memory.buffer as ArrayBuffer, veranda_output(), veranda_output_size());
  }

  #outputText(): string {
    return new TextDecoder().decode(this.#output());
  }

  #outputTexts(): string[] {
    return this.#outputText().split("\0").slice(0, -1);
  }

  #withText<T>(text: string, use: (address: number, size: number) => T): T {
    return this.#withBytes(new TextEncoder().encode(text), use);
  }

  #withBytes<T>(bytes: Uint8Array, use: (address: number, size: number) => T): T {
    const address = this.#exports.veranda_alloc(bytes.length);
    new Uint8Array(this.#exports.memory.buffer, address, bytes.length).set(bytes);
    try {
      return use(address, bytes.length);
    } finally {
      this.#exports.veranda_free(address, bytes.length);
    }
  }
}
