import { type ReadonlySignal, signal } from "@preact/signals-core";
import { type Random, systemRandom } from "../document/new_id";
import { NO_JOURNAL } from "../sync/journal";
import type { Clock } from "../sync/ports";
import { Replica } from "../sync/replica";
import { type Database, openDatabase } from "./database";
import { type Exclusive, webLocks } from "./exclusive";
import { type HistoryKeeper, HistoryRows, NO_HISTORIES } from "./history_rows";
import { BoardJournal, type StorageProblem } from "./journal";
import { leases } from "./leases";

export interface OpenBoardOptions {
  readonly board: string;
  readonly clock: Clock;
  /**
   * What this tab is called, also after a reload, and no other tab. Where the Web Locks API is missing, a reloaded page
   * knows by it that what the page before it held is its own now.
   */
  readonly session: string;
  readonly random?: Random;
  /** Unix time in ms. */
  readonly wallClock?: () => number;
  readonly open?: () => Promise<Database>;
  readonly exclusive?: Exclusive;
}

/** A board as far as this browser knows it, before any word from the server. */
export interface OpenedBoard {
  readonly replica: Replica;
  readonly histories: HistoryKeeper;
  /** Why edits would not survive closing the page; null when they do. */
  readonly storageProblem: ReadonlySignal<StorageProblem | null>;
  /** Saves what there is to save, for instance before the page is hidden. */
  flush(): Promise<void>;
  close(): void;
}

/** Storage that does not answer by then counts as none: the board must open, and within 2 s the person be told. */
export const STORAGE_MS = 1_500;

/** Opens a board with what earlier visits left in this browser; without storage, with nothing. */
export async function openBoard(options: OpenBoardOptions): Promise<OpenedBoard> {
  const { board, clock, session, random = systemRandom, wallClock = Date.now } = options;
  const open = options.open ?? openDatabase;
  // Where storage is forbidden, even asking for it throws.
  const opening = Promise.resolve()
    .then(open)
    .then(async (database) => {
      const exclusive =
        options.exclusive ?? browserLocks() ?? leases(database, clock, wallClock, session);
      const journal = new BoardJournal({ board, database, exclusive, clock, wallClock, random });
      const histories = await HistoryRows.open(database, board, session, clock, wallClock);
      return { journal, histories, found: await journal.open() };
    });
  try {
    const { journal, histories, found } = await withinTime(opening, clock);
    const replica = new Replica({ journal, random, ...found });
    journal.attach(replica);
    return {
      replica,
      histories,
      storageProblem: journal.problem,
      flush: async () => void (await Promise.all([journal.flush(), histories.flush()])),
      close: () => {
        journal.close();
        histories.close();
      },
    };
  } catch {
    // If it answers after all, what it took must be given back.
    opening.then(({ journal }) => journal.close()).catch(() => undefined);
    return {
      replica: new Replica({ journal: NO_JOURNAL, random }),
      histories: NO_HISTORIES,
      storageProblem: signal("none"),
      flush: () => Promise.resolve(),
      close: () => undefined,
    };
  }
}

function browserLocks(): Exclusive | null {
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  return locks === undefined ? null : webLocks(locks);
}

function withinTime<T>(promise: Promise<T>, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.later(STORAGE_MS, () => reject(new Error("storage does not answer")));
    promise.then(resolve, reject).finally(cancel);
  });
}
