// The one connection to the relay: a WebSocket to /ws of the page's own origin, binary both ways. [one-message: 7]
//
// Whether and when to try again is the core's decision; this only says what happened.

export interface SocketHears {
  connected(): void;
  received(message: Uint8Array): void;
  disconnected(): void;
}

export class RelaySocket {
  readonly #url: string;
  readonly #hears: SocketHears;
  #socket: WebSocket | null = null;
  #lastHeardMs = 0;

  constructor(origin: string, hears: SocketHears) {
    this.#url = `${origin.replace(/^http/, "ws")}/ws`;
    this.#hears = hears;
  }

  connect(): void {
    this.close();
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    this.#lastHeardMs = performance.now();
    const mine = () => this.#socket === socket; // what an older socket still says does not count
    socket.onopen = () => {
      if (mine()) this.#hears.connected();
    };
    socket.onmessage = (event) => {
      if (!mine() || !(event.data instanceof ArrayBuffer)) return;
      this.#lastHeardMs = performance.now();
      this.#hears.received(new Uint8Array(event.data));
    };
    socket.onclose = () => {
      if (!mine()) return;
      this.#socket = null;
      this.#hears.disconnected();
    };
  }

  /** Dropped silently when there is no connection: the core sends again what matters. */
  send(message: Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(message);
  }

  /** Closes without a word to the core, which asked for it. */
  close(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** A phone that slept may hold a socket that is dead without knowing. If it has been silent for so long, it is. */
  dropIfSilentFor(ms: number): void {
    if (this.#socket === null || performance.now() - this.#lastHeardMs < ms) return;
    this.close();
    this.#hears.disconnected();
  }
}
