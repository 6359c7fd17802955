import { PROTOCOL_VERSION } from "../generated/limits";
import type { Clock } from "../sync/ports";
import type { Database } from "./database";

/** Between a step and its being saved, so that what belongs together is saved once. A page that goes may save no more. */
export const SAVE_HISTORY_MS = 50;
/** Histories of pages that are gone; the longest untouched make room. */
export const HISTORIES_KEPT = 20;

/** Where the undo steps of this tab outlive a reload. */
export interface HistoryKeeper {
  /** What the page before this one kept, of the same version as this; null when it kept nothing. */
  readonly found: unknown;
  /** From now on keeps what `read` gives, soon after each call of the function returned. */
  keep(read: () => unknown): () => void;
}

export const NO_HISTORIES: HistoryKeeper = { found: null, keep: () => () => undefined };

/** The row of one tab on one board. Steps are a comfort: when they cannot be kept, nobody is troubled. */
export class HistoryRows implements HistoryKeeper {
  readonly found: unknown;
  readonly #database: Database;
  readonly #board: string;
  readonly #session: string;
  readonly #clock: Clock;
  readonly #wallClock: () => number;
  #read: (() => unknown) | null = null;
  #cancel: (() => void) | null = null;

  private constructor(
    found: unknown,
    database: Database,
    board: string,
    session: string,
    clock: Clock,
    wallClock: () => number,
  ) {
    this.found = found;
    this.#database = database;
    this.#board = board;
    this.#session = session;
    this.#clock = clock;
    this.#wallClock = wallClock;
  }

  static async open(
    database: Database,
    board: string,
    session: string,
    clock: Clock,
    wallClock: () => number,
  ): Promise<HistoryRows> {
    const row = await database.get("histories", [board, session]);
    const rows = await database.getAllKeysFromIndex("histories", "at");
    for (const old of rows.slice(0, -HISTORIES_KEPT)) await database.delete("histories", old);
    const found = row?.version === PROTOCOL_VERSION ? row.steps : null;
    return new HistoryRows(found, database, board, session, clock, wallClock);
  }

  keep(read: () => unknown): () => void {
    this.#read = read;
    return () => {
      this.#cancel ??= this.#clock.later(SAVE_HISTORY_MS, () => void this.flush());
    };
  }

  /** Saves what waits to be saved, all at once: the page may be going. */
  async flush(): Promise<void> {
    if (this.#cancel === null || this.#read === null) return;
    this.close();
    const row = {
      board: this.#board,
      session: this.#session,
      at: this.#wallClock(),
      version: PROTOCOL_VERSION,
      steps: this.#read(),
    };
    try {
      const transaction = this.#database.transaction("histories", "readwrite");
      const written = transaction.store.put(row);
      transaction.commit();
      await Promise.all([written, transaction.done]);
    } catch {
      // No room, or storage is gone: the journal says so, for the sake of what matters more.
    }
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
