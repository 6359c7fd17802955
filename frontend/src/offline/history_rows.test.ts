import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { ManualClock } from "../sync/testing/manual_clock";
import { type Database, openDatabase } from "./database";
import { HISTORIES_KEPT, HistoryRows, SAVE_HISTORY_MS } from "./history_rows";

const clock = new ManualClock();
let database: Database;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openDatabase();
});

let at = 0;
const tab = (session: string, board = "board-0001") =>
  HistoryRows.open(database, board, session, clock, () => ++at);

describe("the steps of a tab", () => {
  it("are there for its next page, and for no other tab or board", async () => {
    const first = await tab("tab-1");
    expect(first.found).toBeNull();
    const steps = { undo: [{ gesture: "g", targets: new Map([["a", { kind: "absent" }]]) }] };
    first.keep(() => steps)();
    await first.flush();
    expect((await tab("tab-1")).found).toEqual(steps);
    expect((await tab("tab-2")).found).toBeNull();
    expect((await tab("tab-1", "board-0002")).found).toBeNull();
  });

  it("are saved soon after a change, many changes at once", async () => {
    const rows = await tab("tab-1");
    let reads = 0;
    const changed = rows.keep(() => ++reads);
    for (let i = 0; i < 5; i++) changed();
    expect(reads).toBe(0);
    clock.advance(SAVE_HISTORY_MS);
    expect(reads).toBe(1);
    await rows.flush();
    expect(reads).toBe(1);
  });

  it("make room for newer ones", async () => {
    for (let i = 0; i <= HISTORIES_KEPT; i++) {
      const rows = await tab(`tab-${i}`);
      rows.keep(() => i)();
      await rows.flush();
    }
    await tab("tab-next");
    expect((await tab("tab-0")).found).toBeNull();
    expect((await tab("tab-1")).found).toBe(1);
  });

  it("that cannot be kept trouble nobody", async () => {
    const rows = await tab("tab-1");
    rows.keep(() => () => "a function is no value")();
    await expect(rows.flush()).resolves.toBeUndefined();
  });
});
