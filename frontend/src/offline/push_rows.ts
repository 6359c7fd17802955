import { TAG } from "../generated/protocol";
import type { PendingPush } from "../sync/journal";
import type { Clock } from "../sync/ports";
import { encodeFrame } from "../wire/codec";
import type { Database, PushRow } from "./database";

/** After a failed write; room may have been made by then. */
const RETRY_MS = 3_000;

interface Wanted {
  readonly push: PendingPush;
  readonly at: number;
}

/**
 * Keeps the database equal to the set of pending pushes: what differs is written in one transaction at a time.
 *
 * Because it compares sets instead of replaying calls, a write that failed (quota, a closed database) is made good by
 * the next one that succeeds.
 */
export class PushRows {
  readonly #database: Database;
  readonly #board: string;
  readonly #owner: string;
  readonly #clock: Clock;
  readonly #told: (error: unknown | null) => void;
  readonly #wanted = new Map<string, Wanted>();
  /** Keys whose row may differ from what is wanted. */
  #dirty = new Map<string, readonly [cid: string, n: number]>();
  #writing: Promise<void> | null = null;
  #cancelRetry = () => {};
  #lastAt = 0;

  constructor(
    database: Database,
    board: string,
    owner: string,
    clock: Clock,
    told: (error: unknown | null) => void,
  ) {
    this.#database = database;
    this.#board = board;
    this.#owner = owner;
    this.#clock = clock;
    this.#told = told;
  }

  /** Pushes that are in the database already, under this owner. */
  know(push: PendingPush, at: number): void {
    this.#wanted.set(keyOf(push), { push, at });
    this.#lastAt = Math.max(this.#lastAt, at);
  }

  add(pushes: readonly PendingPush[], now: number): void {
    for (const push of pushes) {
      this.#lastAt = Math.max(this.#lastAt + 1, now);
      this.#set(push, this.#lastAt);
    }
    this.#write();
  }

  confirm(cid: string, n: number): void {
    for (const { push } of [...this.#wanted.values()]) {
      if (push.cid === cid && push.n <= n) this.#drop(push);
    }
    this.#write();
  }

  /** The new ones stand where the old ones stood. */
  replace(old: readonly PendingPush[], now: readonly PendingPush[]): void {
    const ats = old.map((push) => this.#wanted.get(keyOf(push))?.at ?? this.#lastAt);
    for (const push of old) this.#drop(push);
    now.forEach((push, i) => {
      this.#set(push, ats[i] ?? this.#lastAt);
    });
    this.#write();
  }

  /** Resolves when everything wanted so far is written, or a write has failed. */
  async flush(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  close(): void {
    this.#cancelRetry();
  }

  #set(push: PendingPush, at: number): void {
    this.#wanted.set(keyOf(push), { push, at });
    this.#dirty.set(keyOf(push), [push.cid, push.n]);
  }

  #drop(push: PendingPush): void {
    this.#wanted.delete(keyOf(push));
    this.#dirty.set(keyOf(push), [push.cid, push.n]);
  }

  #write(): void {
    if (this.#writing !== null || this.#dirty.size === 0) return;
    this.#cancelRetry();
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = null;
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#dirty.size > 0) {
      const batch = this.#dirty;
      this.#dirty = new Map();
      try {
        await this.#writeBatch(batch);
        this.#told(null);
      } catch (error) {
        for (const [key, row] of batch) this.#dirty.set(key, row);
        this.#cancelRetry = this.#clock.later(RETRY_MS, () => this.#write());
        this.#told(error);
        return;
      }
    }
  }

  async #writeBatch(batch: ReadonlyMap<string, readonly [string, number]>): Promise<void> {
    const transaction = this.#database.transaction("pushes", "readwrite");
    const writes: Promise<unknown>[] = [transaction.done];
    for (const [key, [cid, n]] of batch) {
      const wanted = this.#wanted.get(key);
      writes.push(
        wanted === undefined
          ? transaction.store.delete([this.#board, cid, n])
          : transaction.store.put(this.#rowOf(wanted)),
      );
    }
    // Without it the commit would wait for the page to hear of each write: a page that dies in between loses it.
    transaction.commit();
    await Promise.all(writes);
  }

  #rowOf({ push: { cid, n, gesture, ops }, at }: Wanted): PushRow {
    const data = encodeFrame([TAG.push, cid, n, gesture, ops]);
    return { board: this.#board, cid, n, owner: this.#owner, at, data };
  }
}

function keyOf({ cid, n }: PendingPush): string {
  return `${cid} ${n}`;
}
