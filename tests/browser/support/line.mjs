// The line between a phone and the server, as a thing that a test holds in its hand: it counts every byte, it can be
// slow, cut, silent, or closed "cleanly" as a phone does it that puts a page to sleep.
//
// It stands in front of the server as a TCP proxy, so that everything is slow alike, the worker's requests and the
// WebSocket included, and so that what is counted is what really went over the line.

import { EventEmitter, once } from "node:events";
import { connect, createServer } from "node:net";

const pieceBytes = 1_400; // about what one packet holds: whoever shares a slow line gets its turn
const turnMs = 5;
const waitingBytesMax = 256 * 1024;
const closeNormally = Buffer.from([0x88, 0x02, 0x03, 0xe8]); // a WebSocket's close frame with code 1000

/** A line to 127.0.0.1:`port`, which may be told later. Rates are of each direction, `rttMs` of a round trip. */
export async function startLine({ port = null, bytesPerSecond = Infinity, rttMs = 0 } = {}) {
  const line = new Line(port, bytesPerSecond, rttMs);
  await line.listen();
  return line;
}

class Line {
  #target;
  #server;
  #calls = new Set();
  #frozen = false;
  #isCut = false;
  #down;
  #up;
  #rttMs;

  constructor(port, bytesPerSecond, rttMs) {
    this.#target = port;
    this.#rttMs = rttMs;
    this.#down = new Direction(bytesPerSecond, rttMs / 2, () => this.#frozen);
    this.#up = new Direction(bytesPerSecond, rttMs / 2, () => this.#frozen);
    this.#server = createServer((phone) => this.#carry(phone));
  }

  async listen() {
    this.#server.listen(0, "127.0.0.1").unref();
    await once(this.#server, "listening");
  }

  get origin() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }
  /** Bytes that reached the phone, and that left it; and in how many pieces, both ways. */
  get counts() {
    return { down: this.#down.bytes, up: this.#up.bytes, pieces: this.#down.pieces + this.#up.pieces };
  }
  /** From now on, to the server at this port. */
  leadTo(port) {
    this.#target = port;
  }
  /** Every connection breaks, and no new one is to be had, as in a tunnel. */
  cut() {
    this.#isCut = true;
    for (const call of this.#calls) call.end();
  }
  mend() {
    this.#isCut = false;
    this.#frozen = false;
  }
  /** Nothing gets through any more, and nobody is told. */
  freeze() {
    this.#frozen = true;
  }
  /** Open WebSockets are closed with code 1000, "as if all were well". Answers with how many. */
  closeCleanly() {
    const sockets = [...this.#calls].filter((call) => call.isWebSocket);
    for (const call of sockets) call.closeCleanly();
    return sockets.length;
  }
  /** Until the phone has heard something so often. */
  async hear(often) {
    for (let heard = 0; heard < often; ++heard) await once(this.#down.news, "arrived");
  }
  webSockets() {
    return [...this.#calls].filter((call) => call.isWebSocket).length;
  }
  end() {
    this.cut();
    this.#server.close();
  }

  #carry(phone) {
    phone.on("error", () => null);
    if (this.#isCut || this.#target === null) return phone.destroy();
    const server = connect(this.#target, "127.0.0.1");
    const openMs = performance.now() + this.#rttMs; // the handshake takes a round trip
    const call = new Call(phone, server, () => this.#calls.delete(call));
    this.#calls.add(call);
    this.#up.take(phone, server, openMs);
    this.#down.take(server, phone, openMs);
  }
}

class Call {
  isWebSocket = false;
  #phone;
  #server;

  constructor(phone, server, ended) {
    this.#phone = phone;
    this.#server = server;
    server.on("error", () => phone.destroy());
    server.once("data", (first) => (this.isWebSocket = first.includes("101 Switching")));
    phone.on("close", () => server.destroy());
    server.on("close", ended);
  }
  closeCleanly() {
    this.#phone.end(closeNormally);
    this.#server.destroy();
  }
  end() {
    this.#phone.destroy();
    this.#server.destroy();
  }
}

// One way of the line. Whoever has something waiting gets a piece in turn, as far as the rate goes; it arrives later.
class Direction {
  bytes = 0;
  pieces = 0;
  news = new EventEmitter();
  #queues = [];
  #bytesPerSecond;
  #delayMs;
  #frozen;
  #busyUntilMs = 0;
  #timer = null;

  constructor(bytesPerSecond, delayMs, frozen) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#delayMs = delayMs;
    this.#frozen = frozen;
  }

  take(from, to, openMs) {
    const queue = { from, to, openMs, pieces: [], waiting: 0, flying: [], ended: false };
    this.#queues.push(queue);
    from.on("data", (data) => {
      for (let at = 0; at < data.length; at += pieceBytes) queue.pieces.push(data.subarray(at, at + pieceBytes));
      queue.waiting += data.length;
      if (queue.waiting > waitingBytesMax) from.pause();
      this.#work();
    });
    from.on("end", () => {
      queue.ended = true;
      this.#work();
    });
  }

  // One timer for all, so that what left in an order arrives in that order.
  #work() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (!this.#frozen()) {
        this.#send(performance.now());
        for (const queue of this.#queues) this.#arrive(queue, performance.now());
      }
      this.#queues = this.#queues.filter((queue) => !queue.to.destroyed && !isDone(queue));
      if (this.#queues.some((queue) => queue.pieces.length + queue.flying.length > 0 || queue.ended)) this.#work();
    }, turnMs).unref();
  }

  #send(now) {
    for (let some = true; some && this.#busyUntilMs <= now + turnMs;) {
      some = false;
      for (const queue of this.#queues) {
        if (queue.openMs > now || queue.pieces.length === 0) continue;
        some = true;
        const piece = queue.pieces.shift();
        queue.waiting -= piece.length;
        if (queue.waiting < waitingBytesMax / 2) queue.from.resume();
        this.#busyUntilMs = Math.max(this.#busyUntilMs, now) + (piece.length / this.#bytesPerSecond) * 1_000;
        queue.flying.push({ piece, atMs: this.#busyUntilMs + this.#delayMs });
      }
    }
  }

  #arrive(queue, now) {
    while (queue.flying.length > 0 && queue.flying[0].atMs <= now && !queue.to.destroyed) {
      const { piece } = queue.flying.shift();
      this.bytes += piece.length;
      ++this.pieces;
      queue.to.write(piece);
      this.news.emit("arrived");
    }
    if (isDone(queue)) queue.to.end();
  }
}

const isDone = ({ ended, pieces, flying }) => ended && pieces.length + flying.length === 0;
