import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Commit, Op } from "../generated/protocol";
import { TAG } from "../generated/protocol";
import { ManualClock } from "../sync/testing/manual_clock";
import { Dice } from "../testing/dice";
import { type Database, openDatabase } from "./database";
import { ADOPT_MS } from "./journal";
import { LEASE_MS, leases } from "./leases";
import { type OpenBoardOptions, openBoard, STORAGE_MS } from "./open_board";
import { SAVE_MS } from "./shelf";
import { SharedLocks } from "./testing/shared_locks";

const BOARD = "board-0001";

const square = (id: string, x = 0): Op => [
  "put",
  { type: "rectangle", id, place: [x, 0, 100, 50, 0], z: "a0" },
];

let locks: SharedLocks;
let clock: ManualClock;
let seed = 1;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  locks = new SharedLocks();
  clock = new ManualClock();
});

/** A page on the board; `die` ends it as a crash would. */
async function page(options: Partial<OpenBoardOptions> = {}) {
  const exclusive = locks.page();
  const board = await openBoard({
    board: BOARD,
    clock,
    random: new Dice(seed++).next,
    wallClock: () => 1_000_000 + clock.now(),
    session: `session-${seed}`,
    exclusive,
    ...options,
  });
  return { ...board, die: exclusive.die };
}

/** The server gives the board its first snapshot. */
function load(board: Awaited<ReturnType<typeof page>>, elements: readonly Op[], seq: number) {
  board.replica.reset([TAG.reset, "e1", seq, "A title", elements.length]);
  for (const op of elements) {
    if (op[0] === "put") board.replica.page([TAG.page, [[seq, op[1], null, null]]]);
  }
  board.replica.ready([TAG.ready, "e1", seq]);
}

function commitOf(seq: number, ops: readonly Op[]): Commit {
  return [seq, 0, "person-x", "someone-else", seq, "", ops];
}

const pushesOf = (board: Awaited<ReturnType<typeof page>>) =>
  board.replica.pushes.entries.map(({ cid, n, gesture, ops }) => ({ cid, n, gesture, ops }));

describe("pending pushes", () => {
  it("survive a crash with the numbers they had, and are shown again", async () => {
    const first = await page();
    first.replica.edit([square("a")], "g1");
    first.replica.edit([["set", "a", { color: "#e03131" }]], "g2");
    const before = pushesOf(first);
    await first.flush();
    first.die();
    const second = await page();
    expect(pushesOf(second)).toEqual(before);
    expect(second.replica.get("a")).toMatchObject({ type: "rectangle", color: "#e03131" });
  });

  it("get numbers under another id when the new page edits, after the adopted ones", async () => {
    const first = await page();
    first.replica.edit([square("a")], "g1");
    await first.flush();
    first.die();
    const second = await page();
    second.replica.edit([square("b")], "g2");
    const [adopted, own] = pushesOf(second);
    expect([adopted?.gesture, adopted?.n, own?.gesture, own?.n]).toEqual(["g1", 1, "g2", 1]);
    expect(own?.cid).not.toBe(adopted?.cid);
  });

  it("are gone once confirmed", async () => {
    const first = await page();
    first.replica.edit([square("a")], "g1");
    first.replica.edit([square("b")], "g2");
    const { cid } = first.replica.pushes;
    await first.flush();
    first.replica.pushes.confirm(cid, 1);
    await first.flush();
    first.die();
    const second = await page();
    expect(pushesOf(second).map(({ gesture }) => gesture)).toEqual(["g2"]);
  });

  it("keep their order through new numbers", async () => {
    const first = await page();
    for (const id of ["a", "b", "c"]) first.replica.edit([square(id)], `g-${id}`);
    const [, refused] = first.replica.pushes.entries;
    first.replica.pushes.refuse(refused!);
    first.replica.edit([square("d")], "g-d");
    const before = pushesOf(first);
    expect(before.map(({ gesture, n }) => [gesture, n])).toEqual([
      ["g-a", 1],
      ["g-c", 1],
      ["g-d", 2],
    ]);
    await first.flush();
    first.die();
    expect(pushesOf(await page())).toEqual(before);
  });

  it("of two open tabs stay apart, and the one that lives takes over from the one that dies", async () => {
    const [left, right] = [await page(), await page()];
    left.replica.edit([square("l")], "left");
    right.replica.edit([square("r")], "right");
    await Promise.all([left.flush(), right.flush()]);
    expect(left.replica.pushes.cid).not.toBe(right.replica.pushes.cid);
    clock.advance(ADOPT_MS);
    await settle();
    expect(pushesOf(right).map(({ gesture }) => gesture)).toEqual(["right"]);
    left.die();
    clock.advance(ADOPT_MS);
    await vi.waitFor(() => expect(right.replica.pending).toBe(2));
    expect(pushesOf(right).map(({ gesture }) => gesture)).toEqual(["left", "right"]);
    expect(right.replica.get("l")).toBeDefined();
    right.die();
    expect(pushesOf(await page())).toHaveLength(2);
  });

  it("of another board are left alone", async () => {
    const other = await page({ board: "board-0002" });
    other.replica.edit([square("a")], "g1");
    await other.flush();
    other.die();
    expect((await page()).replica.pending).toBe(0);
  });
});

describe("the confirmed board", () => {
  it("opens without a server as it was, at its position", async () => {
    const first = await page();
    load(first, [square("a"), square("b")], 7);
    first.replica.receive([commitOf(8, [["set", "a", { color: "#e03131" }]])]);
    const digest = await first.replica.digest();
    await first.flush();
    first.die();
    const second = await page();
    expect(await second.replica.digest()).toEqual(digest);
    expect(second.replica.position).toEqual({ epoch: "e1", seq: 8 });
    expect(second.replica.title).toBe("A title");
  });

  it("is saved a while after a change, by itself, and only where it changed", async () => {
    const first = await page();
    const elements = Array.from({ length: 600 }, (_, i) => square(`id${i}`, i));
    load(first, elements, 1);
    await first.flush();
    first.replica.receive([
      commitOf(2, [["delete", "id3"], square("new"), ["set", "id599", { color: "#e03131" }]]),
    ]);
    const digest = await first.replica.digest();
    clock.advance(SAVE_MS);
    const database = await openDatabase();
    await vi.waitFor(async () => expect((await database.get("boards", BOARD))?.seq).toBe(2));
    first.die();
    expect(await (await page()).replica.digest()).toEqual(digest);
    expect(await database.count("buckets")).toBe(3);
  });

  it("is saved by one tab only, and by the other once that is gone", async () => {
    const [left, right] = [await page(), await page()];
    for (const each of [left, right]) load(each, [square("a")], 1);
    right.replica.receive([commitOf(2, [square("b")])]);
    await Promise.all([left.flush(), right.flush()]);
    const database = await openDatabase();
    expect((await database.get("boards", BOARD))?.seq).toBe(1);
    left.die();
    clock.advance(ADOPT_MS);
    await settle();
    clock.advance(SAVE_MS);
    await vi.waitFor(async () => expect((await database.get("boards", BOARD))?.seq).toBe(2));
    right.die();
    expect((await page()).replica.size).toBe(2);
  });

  it("is not trusted when it is damaged", async () => {
    const first = await page();
    load(first, [square("a")], 1);
    await first.flush();
    first.die();
    const database = await openDatabase();
    await database.put("buckets", { board: BOARD, bucket: 0, data: new Uint8Array([0xc1]) });
    const second = await page();
    expect(second.replica.position).toBeNull();
    expect(second.replica.size).toBe(0);
  });
});

describe("storage that fails", () => {
  it("is told as none where there is none, and the board works", async () => {
    const board = await page({ open: () => Promise.reject(new Error("private mode")) });
    expect(board.storageProblem.value).toBe("none");
    board.replica.edit([square("a")], "g1");
    expect(board.replica.get("a")).toBeDefined();
  });

  it("that may not even be asked for is told as none, too", async () => {
    const open = () => {
      throw new DOMException("cookies are blocked", "SecurityError");
    };
    expect((await page({ open })).storageProblem.value).toBe("none");
  });

  it("that never answers does not keep the board shut", async () => {
    const opening = page({ open: () => new Promise<Database>(() => undefined) });
    clock.advance(STORAGE_MS);
    expect((await opening).storageProblem.value).toBe("none");
  });

  it("for want of room is told, and made good when there is room again", async () => {
    const device = await crampedDevice();
    const board = await page({ open: () => Promise.resolve(device.database) });
    device.full = true;
    board.replica.edit([square("a")], "g1");
    await board.flush();
    expect(board.storageProblem.value).toBe("full");
    device.full = false;
    clock.advance(60_000);
    await vi.waitFor(() => expect(board.storageProblem.value).toBeNull());
    board.die();
    expect((await page()).replica.pending).toBe(1);
  });

  it("while the board is saved is told until it is saved, without another change", async () => {
    const device = await crampedDevice();
    const board = await page({ open: () => Promise.resolve(device.database) });
    device.full = true;
    load(board, [square("a")], 1);
    await board.flush();
    expect(board.storageProblem.value).toBe("full");
    device.full = false;
    clock.advance(60_000);
    await vi.waitFor(() => expect(board.storageProblem.value).toBeNull());
    board.die();
    expect((await page()).replica.size).toBe(1);
  });

  it("while it looks for what others left is told for as long as that lasts", async () => {
    const device = await crampedDevice();
    const board = await page({ open: () => Promise.resolve(device.database) });
    device.gone = true;
    clock.advance(ADOPT_MS);
    await vi.waitFor(() => expect(board.storageProblem.value).toBe("failing"));
    device.gone = false;
    await vi.waitFor(() => {
      clock.advance(ADOPT_MS);
      expect(board.storageProblem.value).toBeNull();
    });
  });
});

/** A database that takes no writes while `full`, and answers nothing while `gone`. */
async function crampedDevice() {
  const real = await openDatabase();
  const device = { full: false, gone: false, database: real };
  device.database = new Proxy(real, {
    get(target, name) {
      if (device.gone) throw new DOMException("closed", "InvalidStateError");
      if (name === "transaction" && device.full) {
        return (stores: "pushes", mode: "readwrite") => {
          if (mode === "readwrite") throw new DOMException("no room", "QuotaExceededError");
          return target.transaction(stores, mode);
        };
      }
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return device;
}

describe("leases, where there are no locks", () => {
  it("end when their holder is gone, not before, and not while it lives", async () => {
    const database = await openDatabase();
    const holderClock = new ManualClock();
    const wallClock = () => clock.now();
    const holder = leases(database, holderClock, wallClock, "one");
    const other = leases(database, clock, wallClock, "two");
    const release = await holder.tryHold("name");
    expect(release).not.toBeNull();
    expect(await other.tryHold("name")).toBeNull();
    clock.advance(LEASE_MS - 1);
    holderClock.advance(LEASE_MS / 3);
    await vi.waitFor(async () =>
      expect((await database.get("leases", "name"))?.until).toBeGreaterThan(LEASE_MS),
    );
    clock.advance(LEASE_MS / 2);
    expect(await other.tryHold("name")).toBeNull();
    // From here on the holder does not renew any more.
    clock.advance(2 * LEASE_MS);
    expect(await other.tryHold("name")).not.toBeNull();
  });

  it("are taken over at once by the same tab after a reload, by another when they end", async () => {
    // As on plain http. Each page has timers of its own, which die with it.
    vi.stubGlobal("navigator", {});
    const open = (session: string) => {
      const random = new Dice(seed++).next;
      const wallClock = () => clock.now();
      return openBoard({ board: BOARD, clock: new ManualClock(), random, wallClock, session });
    };
    const first = await open("tab-one");
    first.replica.edit([square("a")], "g1");
    await first.flush();
    const other = await open("tab-two");
    expect(other.replica.pending).toBe(0);
    const again = await open("tab-one");
    expect(again.replica.pending).toBe(1);
    clock.advance(LEASE_MS + 1);
    expect((await open("tab-three")).replica.pending).toBe(1);
  });

  it("can be let go", async () => {
    const database = await openDatabase();
    const release = await leases(database, clock, () => clock.now(), "one").tryHold("name");
    release?.();
    const other = leases(database, clock, () => clock.now(), "two");
    await vi.waitFor(async () => expect(await other.tryHold("name")).not.toBeNull());
  });
});

/** Lets what the database has begun come to its end. */
async function settle(): Promise<void> {
  const database = await openDatabase();
  await database.getAll("pushes");
  await database.getAll("boards");
  database.close();
}
