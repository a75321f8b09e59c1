// One instance of the core and the sockets of its channels: what the core wants is carried out, what the world does is
// handed to it, and what it says is told. Shows nothing and decides nothing.
import { groupChannel } from "./commands";
import { type CoreEvent, readEvent } from "./events";
import { RelaySocket } from "./socket";
import type { Core } from "./wasm";

const silentMs = 50_000; // in a room a pulse comes every 20 s: a socket that brought none for so long is dead

export interface Hears {
  event(channel: number, event: CoreEvent): void;
  broken(): void; // a trap: the core's state cannot be trusted any more
}

export class Carried {
  readonly #core: Core;
  readonly #origin: string;
  readonly #hears: Hears;
  readonly #sockets = new Map<number, RelaySocket>();
  readonly #inGroup = new Set<number>(); // channels on which silence means something
  readonly #tickets = new Map<number, string>();
  #broken = false;

  constructor(core: Core, origin: string, hears: Hears) {
    this.#core = core;
    this.#origin = origin;
    this.#hears = hears;
  }

  /** Calls the core and carries out what it wants. A trap ends it for good. */
  run(call: (core: Core) => void): void {
    if (this.#broken) return;
    try {
      call(this.#core);
      this.#drain();
    } catch {
      this.#broken = true;
      this.#closeAll();
      this.#hears.broken();
    }
  }

  /** Closes one channel, without a word to the relay. */
  close(channel: number): void {
    this.run((core) => core.close(channel));
    this.#sockets.get(channel)?.close();
    this.#sockets.delete(channel);
    this.#inGroup.delete(channel);
    this.#tickets.delete(channel);
  }

  forget(): void {
    this.#closeAll();
    this.run((core) => core.forget());
  }

  /** The page is visible again, or the phone slept: is there life in the connections? */
  look(): void {
    for (const channel of this.#inGroup) this.#sockets.get(channel)?.dropIfSilentFor(silentMs);
    this.run((core) => core.tick());
  }

  // What is heard of one channel may be a reason to act on another.
  #drain(): void {
    do this.#act();
    while (this.#tell());
  }

  #act(): void {
    for (let action = this.#core.nextAction(); action !== null; action = this.#core.nextAction()) {
      const { channel } = action;
      const socket = this.#socket(channel);
      if (action.do === "connect") socket.connect();
      else if (action.do === "send") socket.send(action.message);
      else if (action.do === "disconnect") socket.close();
      else this.#hears.event(channel, { event: "book", file: action.file });
    }
  }

  #tell(): boolean {
    let heard = false;
    for (let said = this.#core.nextEvent(); said !== null; said = this.#core.nextEvent()) {
      const event = readEvent(said.json);
      if (event === null) continue;
      heard = true;
      if (event.event === "state") this.#notePhase(said.channel, event.state === "in_group");
      this.#hears.event(said.channel, event);
    }
    if (heard) this.#tellTicket(groupChannel);
    return heard;
  }

  #notePhase(channel: number, inGroup: boolean): void {
    if (inGroup) this.#inGroup.add(channel);
    else this.#inGroup.delete(channel);
  }

  // It is another after each admission, and with what she has read since.
  #tellTicket(channel: number): void {
    const ticket = this.#core.ticket(channel);
    if (ticket === (this.#tickets.get(channel) ?? "")) return;
    this.#tickets.set(channel, ticket);
    this.#hears.event(channel, { event: "ticket", ticket });
  }

  #socket(channel: number): RelaySocket {
    const there = this.#sockets.get(channel);
    if (there !== undefined) return there;
    const socket = new RelaySocket(this.#origin, {
      connected: () => this.run((core) => core.connected(channel)),
      received: (message) => this.run((core) => core.received(channel, message)),
      disconnected: () => this.run((core) => core.disconnected(channel)),
    });
    this.#sockets.set(channel, socket);
    return socket;
  }

  #closeAll(): void {
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
    this.#inGroup.clear();
    this.#tickets.clear();
  }
}
