// The client core as an object: one instance of veranda.wasm, called by the names of client-lib/wasm/abi.h.
//
// It copies texts in and out of the module's memory and gives it time and randomness. It takes no decision. Runs the
// same
// in a worker and in Node.

export interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  veranda_alloc(size: number): number;
  veranda_free(address: number, size: number): void;
  veranda_output(): number;
  veranda_output_size(): number;
  veranda_start(origin: number, size: number): number;
  veranda_wipe(): void;
  veranda_open_link(fragment: number, size: number, wall: number, steady: number): number;
  veranda_open_words(
    words: number,
    size: number,
    organisation: number,
    organisationSize: number,
    wall: number,
    steady: number,
  ): number;
  veranda_word_list(which: number, text: number, size: number): number;
  veranda_unknown_words(words: number, size: number): number;
  veranda_knock(name: number, size: number, wall: number, steady: number): number;
  veranda_say(text: number, size: number, wall: number, steady: number): number;
  veranda_leave(wall: number, steady: number): number;
  veranda_connected(wall: number, steady: number): void;
  veranda_received(message: number, size: number, wall: number, steady: number): void;
  veranda_disconnected(wall: number, steady: number): void;
  veranda_tick(wall: number, steady: number): void;
  veranda_next_action(): number;
  veranda_next_event(): number;
}

export interface Clock {
  wallMs(): number;
  steadyMs(): number;
}

export type Action = { do: "connect" } | { do: "send"; message: Uint8Array<ArrayBuffer> } | { do: "disconnect" };

const clock: Clock = { wallMs: () => Date.now(), steadyMs: () => performance.now() };

/** The five WASI functions that the module imports. Only random_get matters; what it prints is dropped. */
export function wasiImports(memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const success = 0;
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

/** Takes what WebAssembly.instantiate needs, so that the caller decides how the bytes come. */
export async function instantiate(
  load: (imports: WebAssembly.Imports) => Promise<WebAssembly.Instance>,
  origin: string,
  time: Clock = clock,
): Promise<Core> {
  let memory: WebAssembly.Memory | undefined;
  const instance = await load(wasiImports(() => memory!));
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

  // Commands: null, or the name of the rule that was broken.
  openLink(fragment: string): string | null {
    return this.#command(
      this.#withText(fragment, (at, size) => this.#exports.veranda_open_link(at, size, ...this.#now())),
    );
  }
  openWords(words: string, organisation: string): string | null {
    return this.#command(
      this.#withText(words, (at, size) =>
        this.#withText(organisation, (fileAt, fileSize) =>
          this.#exports.veranda_open_words(at, size, fileAt, fileSize, ...this.#now()),
        ),
      ),
    );
  }
  knock(name: string): string | null {
    return this.#command(this.#withText(name, (at, size) => this.#exports.veranda_knock(at, size, ...this.#now())));
  }
  say(text: string): string | null {
    return this.#command(this.#withText(text, (at, size) => this.#exports.veranda_say(at, size, ...this.#now())));
  }
  leave(): string | null {
    return this.#command(this.#exports.veranda_leave(...this.#now()));
  }

  /** Hands in a list of joining/words: 0 English, 1 French, 2 Italian. */
  wordList(which: number, text: string): void {
    this.#withText(text, (at, size) => this.#exports.veranda_word_list(which, at, size));
  }

  unknownWords(words: string): string[] {
    this.#withText(words, (at, size) => this.#exports.veranda_unknown_words(at, size));
    return this.#outputText()
      .split("\n")
      .filter((word) => word !== "");
  }

  // The world.
  connected(): void {
    this.#exports.veranda_connected(...this.#now());
  }
  received(message: Uint8Array): void {
    this.#withBytes(message, (at, size) => this.#exports.veranda_received(at, size, ...this.#now()));
  }
  disconnected(): void {
    this.#exports.veranda_disconnected(...this.#now());
  }
  tick(): void {
    this.#exports.veranda_tick(...this.#now());
  }

  // What comes out. Null: nothing more.
  nextAction(): Action | null {
    switch (this.#exports.veranda_next_action()) {
      case 1:
        return { do: "connect" };
      case 2:
        return { do: "send", message: this.#output().slice() };
      case 3:
        return { do: "disconnect" };
      default:
        return null;
    }
  }
  nextEvent(): string | null {
    return this.#exports.veranda_next_event() === 1 ? this.#outputText() : null;
  }

  /** Wipes keys, buffers and every texts' copies, and begins afresh. */
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

  #command(code: number): string | null {
    return code === 0 ? null : this.#outputText();
  }

  #output(): Uint8Array<ArrayBuffer> {
    const { memory, veranda_output, veranda_output_size } = this.#exports;
    return new Uint8Array(memory.buffer as ArrayBuffer, veranda_output(), veranda_output_size());
  }

  #outputText(): string {
    return new TextDecoder().decode(this.#output());
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
