import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** A push that no commit has confirmed, as an encoded frame. */
export interface PushRow {
  readonly board: string;
  readonly cid: string;
  readonly n: number;
  /** The open page that answers for it; its lock tells whether it lives. */
  readonly owner: string;
  /** Sorts pushes as they were made. */
  readonly at: number;
  readonly data: Uint8Array;
}

/** What the confirmed board was; its elements lie in buckets. */
export interface BoardRow {
  readonly board: string;
  readonly version: number;
  readonly epoch: string;
  readonly seq: number;
  readonly title: string;
  /** Unix time in ms: the longest unused boards make room. */
  readonly savedAt: number;
}

/** Some elements of a board, encoded together: one record for each would make opening slow. */
export interface BucketRow {
  readonly board: string;
  readonly bucket: number;
  readonly data: Uint8Array;
}

/** What one tab can take back on a board, also after a reload. */
export interface HistoryRow {
  readonly board: string;
  readonly session: string;
  /** Unix time in ms of the last step. */
  readonly at: number;
  readonly version: number;
  readonly steps: unknown;
}

/** Who holds a name, for browsers (or plain http) without the Web Locks API. */
export interface LeaseRow {
  readonly name: string;
  readonly holder: string;
  /** Unix time in ms. */
  readonly until: number;
}

export interface Schema extends DBSchema {
  pushes: { key: [string, string, number]; value: PushRow; indexes: { board: string } };
  boards: { key: string; value: BoardRow };
  buckets: { key: [string, number]; value: BucketRow };
  leases: { key: string; value: LeaseRow };
  histories: { key: [string, string]; value: HistoryRow; indexes: { at: number } };
}

export type Database = IDBPDatabase<Schema>;

const NAME = "inkwire";
const VERSION = 2;

/** Opens the page's database; rejects where the browser has none to give (private modes, full disks). */
export function openDatabase(): Promise<Database> {
  return openDB<Schema>(NAME, VERSION, {
    upgrade(database, before) {
      if (before < 2) {
        const histories = database.createObjectStore("histories", {
          keyPath: ["board", "session"],
        });
        histories.createIndex("at", "at");
      }
      if (before > 0) return;
      const pushes = database.createObjectStore("pushes", { keyPath: ["board", "cid", "n"] });
      pushes.createIndex("board", "board");
      database.createObjectStore("boards", { keyPath: "board" });
      database.createObjectStore("buckets", { keyPath: ["board", "bucket"] });
      database.createObjectStore("leases", { keyPath: "name" });
    },
    blocking(_current, _blocked, event) {
      // A newer page wants to change the layout; this one goes on without storage.
      (event.target as IDBDatabase).close();
    },
  });
}
