import type { OpenSocket, SocketEvents } from "../ports";
import type { Line, ModelServer } from "./model_server";

/** One connection through the model network: what is on its way in both directions, and what a fault makes of it. */
export class Wire implements Line {
  readonly #server: ModelServer;
  readonly #events: SocketEvents;
  readonly #up: Uint8Array<ArrayBuffer>[] = [];
  readonly #down: Uint8Array<ArrayBuffer>[] = [];
  #opened = false;
  #dead = false;
  #hangUp: number | null = null;

  constructor(server: ModelServer, events: SocketEvents) {
    this.#server = server;
    this.#events = events;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  get isQuiet(): boolean {
    return (
      this.#dead ||
      (this.#opened && this.#up.length + this.#down.length === 0 && this.#hangUp === null)
    );
  }

  sendUp(data: Uint8Array<ArrayBuffer>): void {
    if (!this.#dead) this.#up.push(data);
  }

  deliver(data: Uint8Array<ArrayBuffer>): void {
    if (!this.#dead && this.#hangUp === null) this.#down.push(data);
  }

  hangUp(code: number): void {
    this.#hangUp = code;
    this.#up.length = 0;
  }

  /** The page closed it: the server notices, what was on its way down is lost. */
  closeByClient(): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#server.forget(this);
  }

  open(): void {
    if (this.#dead || this.#opened) return;
    this.#opened = true;
    this.#server.accept(this);
    this.#events.opened();
  }

  /** Moves up to `count` messages to the server. */
  flowUp(count: number): void {
    for (let i = 0; i < count && !this.#dead; i++) {
      const data = this.#up.shift();
      if (data === undefined) return;
      this.#server.receive(this, data);
    }
  }

  /** Moves up to `count` messages to the page, and the hang-up behind the last. */
  flowDown(count: number): void {
    for (let i = 0; i < count && !this.#dead; i++) {
      const data = this.#down.shift();
      if (data === undefined) {
        if (this.#hangUp !== null) this.#end(this.#hangUp);
        return;
      }
      this.#events.received(data.slice().buffer);
    }
  }

  /** Tears the connection: everything on its way is lost in both directions, and both sides see it. */
  cut(code = 1006): void {
    if (!this.#dead) this.#end(code);
  }

  #end(code: number): void {
    this.#dead = true;
    this.#server.forget(this);
    this.#events.closed(code);
  }
}

/** Sockets of one page; the newest wire is the one that counts. */
export class ModelNetwork {
  readonly #server: ModelServer;
  wire: Wire | null = null;
  /** The next attempts fail at once. */
  unreachable = false;

  constructor(server: ModelServer) {
    this.#server = server;
  }

  readonly openSocket: OpenSocket = (events) => {
    if (this.unreachable) throw new Error("unreachable");
    const wire = new Wire(this.#server, events);
    this.wire = wire;
    return {
      send: (data) => wire.sendUp(data),
      close: () => wire.closeByClient(),
      bufferedAmount: 0,
    };
  };
}
