import type { WebSocket } from 'ws';

/** Parts of all sockets that are pinged one after the other: a timer for all, and never all of them in one moment. */
const PARTS = 30;

/** Pings sockets, and takes a peer that has not answered by the next ping for dead. */
export class Pings {
  readonly #parts = Array.from({ length: PARTS }, () => new Set<WebSocket>());
  readonly #silent = new WeakSet<WebSocket>();
  readonly #timer: NodeJS.Timeout;
  #turn = 0;
  #next = 0;
  /** @param everyMs time between two pings of a socket */
  constructor(everyMs: number) {
    this.#timer = setInterval(() => this.#ping(), Math.max(1, everyMs / PARTS)).unref();
  }
  add(socket: WebSocket): void {
    const part = this.#parts[this.#next++ % PARTS]!;
    part.add(socket);
    socket.on('pong', this.#heard);
    socket.once('close', () => void part.delete(socket));
  }
  stop(): void {
    clearInterval(this.#timer);
  }

  readonly #heard = this.#hearing();
  #hearing(): (this: WebSocket) => void {
    const silent = this.#silent;
    return function heard() {
      silent.delete(this);
    };
  }
  #ping(): void {
    for (const socket of this.#parts[this.#turn++ % PARTS]!) {
      if (this.#silent.has(socket)) {
        socket.terminate();
        continue;
      }
      this.#silent.add(socket);
      socket.ping();
    }
  }
}
