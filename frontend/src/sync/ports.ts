/** What sync needs of the world around it; tests give it their own. */

/** Time in ms, and a later call that can be taken back. */
export interface Clock {
  now(): number;
  later(ms: number, run: () => void): () => void;
}

/** One WebSocket as sync sees it: whole binary messages, or an end. */
export interface Socket {
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code: number): void;
  /** Bytes given to `send` that have not left yet. */
  readonly bufferedAmount: number;
}

export interface SocketEvents {
  opened(): void;
  received(data: ArrayBuffer): void;
  /** Comes once, also when the socket never opened. */
  closed(code: number): void;
}

/** Begins to open a socket; may throw, which counts as a closed one. */
export type OpenSocket = (events: SocketEvents) => Socket;
