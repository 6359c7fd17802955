import { type ReadonlySignal, signal } from "@preact/signals-core";
import { newId, type Random } from "../document/new_id";
import type { ConfirmedState, Journal, PendingPush } from "../sync/journal";
import type { Clock } from "../sync/ports";
import type { Replica } from "../sync/replica";
import { decodePush, WireError } from "../wire/codec";
import type { Database, PushRow } from "./database";
import type { Exclusive } from "./exclusive";
import { PushRows } from "./push_rows";
import { readShelf, Shelf, type Shelved } from "./shelf";

/**
 * Why edits would not survive closing the page: the browser gives no storage at all, has no room left, or failed
 * otherwise. Editing and syncing go on.
 */
export type StorageProblem = "none" | "full" | "failing";

/** How often a page looks for what closed pages left behind. */
export const ADOPT_MS = 2_000;

export interface JournalOptions {
  readonly board: string;
  readonly database: Database;
  readonly exclusive: Exclusive;
  readonly clock: Clock;
  /** Unix time in ms. */
  readonly wallClock: () => number;
  readonly random: Random;
}

/** What was found when the board was opened. */
export interface Found {
  readonly confirmed: ConfirmedState | null;
  readonly pending: readonly PendingPush[];
}

/**
 * One open page's part of the database: its pending pushes, and the confirmed board if no other page saves it.
 *
 * Each page has a name that it holds exclusively as long as it lives; rows of a name that nobody holds belong to a page
 * that is gone, and whoever is open on the same board takes them over, numbers and all.
 */
export class BoardJournal implements Journal {
  readonly #options: JournalOptions;
  readonly #owner: string;
  readonly #rows: PushRows;
  readonly #problem = signal<StorageProblem | null>(null);
  readonly #failures = new Map<string, unknown>();
  readonly #releases: (() => void)[] = [];
  #shelf: Shelf | null = null;
  #shelved: Shelved | null = null;
  #savesShelf = false;
  #cancelSearch = () => {};
  #closed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#owner = newId(options.random);
    const { database, board, clock } = options;
    this.#rows = new PushRows(database, board, this.#owner, clock, (error) =>
      this.#report("pushes", error),
    );
  }

  /** What keeps edits from surviving, if anything. */
  get problem(): ReadonlySignal<StorageProblem | null> {
    return this.#problem;
  }

  /** Takes the page's name, reads what is saved and adopts what closed pages left. */
  async open(): Promise<Found> {
    const { exclusive, board, database } = this.#options;
    const release = await exclusive.tryHold(pageName(this.#owner));
    if (release !== null) this.#releases.push(release);
    await this.#tryToSaveShelf();
    this.#shelved = await readShelf(database, board);
    return { confirmed: this.#shelved?.state ?? null, pending: await this.#adopt() };
  }

  /** From now on saves this replica's confirmed side and gives it what other pages leave behind. */
  attach(replica: Replica): void {
    const { database, board, clock, wallClock } = this.#options;
    const buckets = this.#savesShelf ? (this.#shelved?.buckets ?? null) : null;
    const told = (error: unknown) => this.#report("shelf", error);
    this.#shelf = new Shelf(database, board, replica, clock, wallClock, told, buckets);
    this.#shelved = null;
    replica.onConfirmed((ids) => {
      if (this.#savesShelf) this.#shelf?.changed(ids);
    });
    this.#searchLater(replica);
  }

  append(pushes: readonly PendingPush[]): void {
    this.#rows.add(pushes, this.#options.wallClock());
  }

  confirm(cid: string, n: number): void {
    this.#rows.confirm(cid, n);
  }

  replace(old: readonly PendingPush[], now: readonly PendingPush[]): void {
    this.#rows.replace(old, now);
  }

  /** Saves what there is to save, for instance before the page is hidden. */
  async flush(): Promise<void> {
    await Promise.all([this.#rows.flush(), this.#savesShelf ? this.#shelf?.save() : undefined]);
  }

  close(): void {
    this.#closed = true;
    this.#cancelSearch();
    this.#rows.close();
    this.#shelf?.close();
    for (const release of this.#releases.splice(0)) release();
  }

  #searchLater(replica: Replica): void {
    this.#cancelSearch = this.#options.clock.later(ADOPT_MS, () => {
      void this.#search(replica).then(() => {
        if (!this.#closed) this.#searchLater(replica);
      });
    });
  }

  async #search(replica: Replica): Promise<void> {
    try {
      if (!this.#savesShelf && (await this.#tryToSaveShelf())) this.#shelf?.changed("all");
      const pushes = await this.#adopt();
      if (pushes.length > 0 && !this.#closed) replica.adopt(pushes);
      this.#report("search", null);
    } catch (error) {
      this.#report("search", error);
    }
  }

  async #tryToSaveShelf(): Promise<boolean> {
    const release = await this.#options.exclusive.tryHold(`inkwire-shelf-${this.#options.board}`);
    if (release === null) return false;
    this.#releases.push(release);
    this.#savesShelf = true;
    return true;
  }

  /** Makes rows of pages that are gone rows of this page, and returns their pushes in the order they were made. */
  async #adopt(): Promise<PendingPush[]> {
    const { database, board, exclusive } = this.#options;
    const rows = await database.getAllFromIndex("pushes", "board", board);
    const owners = new Set(rows.map(({ owner }) => owner));
    owners.delete(this.#owner);
    const adopted: PushRow[] = [];
    for (const owner of owners) {
      const release = await exclusive.tryHold(pageName(owner));
      if (release === null) continue;
      adopted.push(...(await this.#takeOver(owner)));
      release();
    }
    adopted.sort((a, b) => a.at - b.at || a.n - b.n);
    return adopted.flatMap((row) => this.#pushOf(row));
  }

  async #takeOver(owner: string): Promise<PushRow[]> {
    const { database, board } = this.#options;
    const transaction = database.transaction("pushes", "readwrite");
    const rows = await transaction.store.index("board").getAll(board);
    const orphans = rows.filter((row) => row.owner === owner);
    for (const row of orphans) await transaction.store.put({ ...row, owner: this.#owner });
    await transaction.done;
    return orphans;
  }

  #pushOf(row: PushRow): PendingPush[] {
    try {
      const [, cid, n, gesture, ops] = decodePush(row.data);
      const push = { cid, n, gesture, ops };
      this.#rows.know(push, row.at);
      return [push];
    } catch (error) {
      // Damaged on disk: there is nothing left of it that could be sent.
      if (error instanceof WireError) return [];
      throw error;
    }
  }

  #report(source: string, error: unknown): void {
    if (error === null) this.#failures.delete(source);
    else this.#failures.set(source, error);
    this.#problem.value = this.#worst();
  }

  #worst(): StorageProblem | null {
    if (this.#failures.size === 0) return null;
    const names = [...this.#failures.values()].map((error) => (error as Error | null)?.name);
    return names.includes("QuotaExceededError") ? "full" : "failing";
  }
}

function pageName(owner: string): string {
  return `inkwire-page-${owner}`;
}
