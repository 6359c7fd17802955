import { CLOSE_CODES } from "../generated/limits";
import type { ClientFrame } from "../generated/protocol";
import { encodeFrame } from "../wire/codec";
import { NO_CODE } from "./connection_state";
import type { OpenSocket, Socket } from "./ports";

/** What a socket says, with its number; `received` and `closed` come only from the one that counts. */
export interface NumberedSocketEvents {
  isCurrent(socket: number): boolean;
  opened(socket: number): void;
  received(socket: number, data: ArrayBuffer): void;
  /** Comes once, also when the socket could not be made; not after `close`. */
  closed(socket: number, code: number): void;
}

/** The one socket that counts; what an earlier one still says is not heard. */
export class CurrentSocket {
  readonly #openSocket: OpenSocket;
  readonly #events: NumberedSocketEvents;
  #socket: Socket | null = null;

  constructor(openSocket: OpenSocket, events: NumberedSocketEvents) {
    this.#openSocket = openSocket;
    this.#events = events;
  }

  /** Bytes that have not left yet. */
  get bufferedAmount(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** Opens the socket of this number in place of the one before. */
  open(socket: number): void {
    this.close(CLOSE_CODES.normal);
    const events = this.#events;
    try {
      const opened = this.#openSocket({
        opened: () => events.opened(socket),
        received: (data) => {
          if (events.isCurrent(socket)) events.received(socket, data);
        },
        closed: (code) => this.#closed(socket, code),
      });
      if (events.isCurrent(socket)) this.#socket = opened;
      else opened.close(CLOSE_CODES.normal);
    } catch {
      // For instance an address that the browser refuses.
      this.#closed(socket, NO_CODE);
    }
  }

  close(code: number): void {
    const socket = this.#socket;
    this.#socket = null;
    try {
      socket?.close(code);
    } catch {
      // Closing may throw while it is being opened; its events are not listened to any more.
    }
  }

  send(frame: ClientFrame): void {
    try {
      this.#socket?.send(encodeFrame(frame));
    } catch {
      // A socket that closes in this moment throws; its end comes as an event.
    }
  }

  #closed(socket: number, code: number): void {
    if (!this.#events.isCurrent(socket)) return;
    this.#socket = null;
    this.#events.closed(socket, code);
  }
}
