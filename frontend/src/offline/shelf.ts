import { resolve, toWire } from "../document/wire_element";
import { PROTOCOL_VERSION } from "../generated/limits";
import type { Element, WireElement } from "../generated/protocol";
import type { ConfirmedSource, ConfirmedState } from "../sync/journal";
import type { Clock } from "../sync/ports";
import { decodeElements, encodeElements, WireError } from "../wire/codec";
import type { BucketRow, Database } from "./database";

/** Elements in one record. */
export const BUCKET_SIZE = 256;
/** Between a change and its being saved; it can be fetched again, so there is no hurry. */
export const SAVE_MS = 3_000;
/** After a failed save; room may have been made by then. */
const RETRY_MS = 30_000;
/** Larger boards are not kept: they would fill the browser's storage. */
export const LARGEST_BOARD = 50_000;
/** Boards kept; the longest unused makes room. */
export const BOARDS_KEPT = 20;

/** The confirmed board as saved, and in which bucket each element lies. */
export interface Shelved {
  readonly state: ConfirmedState;
  readonly buckets: ReadonlyMap<string, number>;
}

/** What is saved of a board; null if nothing is, or nothing that can be trusted. */
export async function readShelf(database: Database, board: string): Promise<Shelved | null> {
  const transaction = database.transaction(["boards", "buckets"]);
  const [row, rows] = await Promise.all([
    transaction.objectStore("boards").get(board),
    transaction.objectStore("buckets").getAll(bucketsOf(board)),
  ]);
  if (row === undefined || row.version !== PROTOCOL_VERSION) return null;
  const elements: Element[] = [];
  const buckets = new Map<string, number>();
  try {
    for (const { bucket, data } of rows) {
      for (const wire of decodeElements(data)) {
        elements.push(resolve(wire));
        buckets.set(wire.id, bucket);
      }
    }
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
  const { epoch, seq, title } = row;
  return { state: { epoch, seq, title, elements }, buckets };
}

/** Saves the confirmed side of a replica now and then; each save is one transaction. */
export class Shelf {
  readonly #database: Database;
  readonly #board: string;
  readonly #source: ConfirmedSource;
  readonly #clock: Clock;
  readonly #wallClock: () => number;
  readonly #told: (error: unknown | null) => void;
  /** Null: nothing is known of what lies there, and all of it is written anew. */
  #bucketOf: Map<string, number> | null;
  #members = new Map<number, Set<string>>();
  #changed = new Set<string>();
  #scheduled: (() => void) | null = null;
  #saving: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(
    database: Database,
    board: string,
    source: ConfirmedSource,
    clock: Clock,
    wallClock: () => number,
    told: (error: unknown | null) => void,
    buckets: ReadonlyMap<string, number> | null,
  ) {
    this.#database = database;
    this.#board = board;
    this.#source = source;
    this.#clock = clock;
    this.#wallClock = wallClock;
    this.#told = told;
    this.#bucketOf = buckets === null ? null : new Map(buckets);
    for (const [id, bucket] of this.#bucketOf ?? []) this.#membersOf(bucket).add(id);
  }

  changed(ids: Iterable<string> | "all"): void {
    if (ids === "all") this.#bucketOf = null;
    else for (const id of ids) this.#changed.add(id);
    this.#saveIn(SAVE_MS);
  }

  /** Resolves when what was changed so far is saved, or could not be. */
  async save(): Promise<void> {
    this.#scheduled?.();
    this.#scheduled = null;
    if (this.#saving !== null) {
      this.#again = true;
      return this.#saving;
    }
    this.#saving = this.#saveAll().finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  close(): void {
    this.#closed = true;
    this.#scheduled?.();
    this.#scheduled = null;
  }

  #saveIn(ms: number): void {
    if (this.#closed) return;
    this.#scheduled ??= this.#clock.later(ms, () => {
      this.#scheduled = null;
      void this.save();
    });
  }

  async #saveAll(): Promise<void> {
    do {
      this.#again = false;
      const changed = this.#changed;
      this.#changed = new Set();
      try {
        await this.#write(changed);
        this.#told(null);
      } catch (error) {
        this.#bucketOf = null;
        this.#told(error);
        this.#saveIn(RETRY_MS);
        return;
      }
    } while (this.#again);
  }

  async #write(changed: ReadonlySet<string>): Promise<void> {
    const { position, confirmed } = this.#source;
    if (position === null) return;
    const whole = this.#bucketOf === null;
    const dirty = whole ? this.#divideAnew() : this.#place(changed);
    const tooLarge = confirmed.size > LARGEST_BOARD;
    // Everything is read before the first wait, so that position and elements belong together.
    const rows = tooLarge ? [] : [...dirty].map((bucket) => this.#rowOf(bucket));
    const { board } = { board: this.#board };
    const row = {
      board,
      version: PROTOCOL_VERSION,
      epoch: position.epoch,
      seq: position.seq,
      title: confirmed.title,
      savedAt: this.#wallClock(),
    };
    const transaction = this.#database.transaction(["boards", "buckets"], "readwrite");
    const boards = transaction.objectStore("boards");
    const buckets = transaction.objectStore("buckets");
    const writes: Promise<unknown>[] = [transaction.done];
    if (whole || tooLarge) writes.push(buckets.delete(bucketsOf(board)));
    if (tooLarge) writes.push(boards.delete(board));
    else writes.push(...rows.map((each) => buckets.put(each)), boards.put(row));
    transaction.commit();
    await Promise.all(writes);
    if (whole) await this.#makeRoom();
  }

  #divideAnew(): Iterable<number> {
    this.#bucketOf = new Map();
    this.#members = new Map();
    const ids: string[] = [];
    for (const { id } of this.#source.confirmed.elements()) ids.push(id);
    return this.#place(ids);
  }

  /** Puts new elements into the last bucket with room; returns the buckets to be written. */
  #place(ids: Iterable<string>): Set<number> {
    const bucketOf = this.#bucketOf ?? new Map<string, number>();
    let last = Math.max(0, ...this.#members.keys());
    const dirty = new Set<number>();
    for (const id of ids) {
      let bucket = bucketOf.get(id);
      if (this.#source.confirmed.get(id) === undefined) {
        if (bucket === undefined) continue;
        bucketOf.delete(id);
        this.#membersOf(bucket).delete(id);
      } else if (bucket === undefined) {
        if (this.#membersOf(last).size >= BUCKET_SIZE) last++;
        bucket = last;
        bucketOf.set(id, bucket);
        this.#membersOf(bucket).add(id);
      }
      dirty.add(bucket);
    }
    return dirty;
  }

  #membersOf(bucket: number): Set<string> {
    let members = this.#members.get(bucket);
    if (members === undefined) {
      members = new Set();
      this.#members.set(bucket, members);
    }
    return members;
  }

  #rowOf(bucket: number): BucketRow {
    const elements: WireElement[] = [];
    for (const id of this.#membersOf(bucket)) {
      const element = this.#source.confirmed.get(id);
      if (element !== undefined) elements.push(toWire(element));
    }
    return { board: this.#board, bucket, data: encodeElements(elements) };
  }

  async #makeRoom(): Promise<void> {
    const transaction = this.#database.transaction(["boards", "buckets"], "readwrite");
    const rows = await transaction.objectStore("boards").getAll();
    const oldest = rows.sort((a, b) => b.savedAt - a.savedAt).slice(BOARDS_KEPT);
    for (const { board } of oldest) {
      await transaction.objectStore("buckets").delete(bucketsOf(board));
      await transaction.objectStore("boards").delete(board);
    }
    await transaction.done;
  }
}

function bucketsOf(board: string): IDBKeyRange {
  return IDBKeyRange.bound([board, 0], [board, Number.MAX_SAFE_INTEGER]);
}
