import { describe, expect, it } from "vitest";
import type { ChangeSet } from "../document/change_set";
import { MAX_OPS } from "../generated/limits";
import {
  type Commit,
  type Op,
  type SnapshotRecord,
  TAG,
  type WireElement,
} from "../generated/protocol";
import { Dice } from "../testing/dice";
import { encodeFrame } from "../wire/codec";
import { Replica } from "./replica";
import type { Cause } from "./replica_events";
import { MemoryJournal } from "./testing/memory_journal";

const RED = "#e03131";
const BLUE = "#1971c2";

const square = (id: string, more: Partial<WireElement> = {}): WireElement =>
  ({ type: "rectangle", id, place: [0, 0, 9, 9, 0], z: "a0", ...more }) as WireElement;

const put = (id: string): Op => ["put", square(id)];

function record(seq: number, element: WireElement): SnapshotRecord {
  return [seq, element, null, null];
}

function commit(seq: number, ops: readonly Op[], cid = "somebody", n = seq): Commit {
  return [seq, 0, "person-x", cid, n, "", ops];
}

interface Told {
  readonly changes: ChangeSet;
  readonly cause: Cause;
  readonly touched: ReadonlyMap<string, ReadonlySet<string>> | undefined;
}

function start(elements: readonly WireElement[] = [], seq = 1) {
  const journal = new MemoryJournal();
  const replica = new Replica({ journal, random: new Dice(1).next });
  load(replica, elements, seq);
  const told: Told[] = [];
  replica.subscribe((changes, cause, touched) => told.push({ changes, cause, touched }));
  const mine = (seq: number, ...ops: Op[]): Commit => {
    const { cid, n } = replica.pushes.entries[0]!;
    return commit(seq, ops, cid, n);
  };
  return { replica, journal, told, mine };
}

function load(replica: Replica, elements: readonly WireElement[], seq: number, epoch = "e1"): void {
  replica.reset([TAG.reset, epoch, seq, "title", elements.length]);
  replica.page([TAG.page, elements.map((each) => record(seq, each))]);
  replica.ready([TAG.ready, epoch, seq]);
}

const colorOf = (replica: Replica, id: string) =>
  (replica.get(id) as { color?: string } | undefined)?.color;

describe("an edit", () => {
  it("is shown at once, pending, and written down before anything else happens", () => {
    const { replica, journal, told } = start();
    replica.edit([put("a")], "g1");
    expect(replica.get("a")?.type).toBe("rectangle");
    expect([replica.pending, replica.size]).toEqual([1, 1]);
    expect(journal.pushes).toMatchObject([{ n: 1, gesture: "g1", ops: [put("a")] }]);
    expect(told).toMatchObject([{ cause: "own", changes: { added: [{ id: "a" }] } }]);
  });

  it("[C4] is confirmed by its own commit, without a change of the object that is shown", () => {
    const { replica, journal, told, mine } = start();
    replica.edit([put("a")], "g1");
    const shown = replica.get("a");
    replica.receive([mine(2, put("a"))]);
    expect(replica.get("a")).toBe(shown);
    expect(replica.confirmed.get("a")).toBe(shown);
    expect([replica.pending, journal.pushes.length, told.length]).toEqual([0, 0, 1]);
  });

  it("[C2] is confirmed by an answer that names a commit which is here already, not by a later one", () => {
    const { replica } = start([], 5);
    replica.edit([put("a")], "g1");
    replica.edit([put("b")], "g2");
    const { cid } = replica.pushes;
    replica.accepted(cid, 1, 5, 0);
    expect(replica.pending).toBe(1);
    replica.accepted(cid, 2, 6, 0);
    expect(replica.pending).toBe(1);
    expect(replica.get("b")).toBeDefined();
    replica.receive([commit(6, [put("b")], cid, 2)]);
    expect(replica.pending).toBe(0);
  });

  it("stays on top of what others do until it is confirmed, and their later word wins then", () => {
    const { replica, told, mine } = start([square("a")]);
    replica.edit([["set", "a", { color: RED }]], "g1");
    replica.receive([commit(2, [["set", "a", { color: BLUE, opacity: 0.5 }]])]);
    expect(replica.get("a")).toMatchObject({ color: RED, opacity: 0.5 });
    expect(told.at(-1)?.touched?.get("a")).toEqual(new Set(["color", "opacity"]));
    replica.receive([mine(3, ["set", "a", { color: RED }])]);
    expect(colorOf(replica, "a")).toBe(RED);
    replica.receive([commit(4, [["set", "a", { color: BLUE }]])]);
    expect(colorOf(replica, "a")).toBe(BLUE);
  });

  it("tells what others wrote even where the view does not change", () => {
    const { replica, told } = start([square("a")]);
    replica.edit([["set", "a", { color: RED }]], "g1");
    replica.receive([commit(2, [["set", "a", { color: BLUE }]])]);
    expect(told.at(-1)).toEqual({
      changes: { added: [], updated: [], removed: [] },
      cause: "remote",
      touched: new Map([["a", new Set(["color"])]]),
    });
  });

  it("S9 by others changes no other element and makes no edit of one's own", () => {
    const { replica, journal } = start([square("a"), square("b")]);
    const other = replica.get("b");
    replica.receive([commit(2, [["set", "a", { z: "a0V" }]])]);
    expect(replica.get("a")?.z).toBe("a0V");
    expect(replica.get("b")).toBe(other);
    expect([replica.pending, journal.pushes]).toEqual([0, []]);
  });

  it("of one's own is not told as somebody else's", () => {
    const { replica, told, mine } = start([square("a")]);
    replica.edit([["set", "a", { color: RED }]], "g1");
    replica.receive([mine(2, ["set", "a", { color: RED }])]);
    expect(told.map(({ cause }) => cause)).toEqual(["own"]);
  });

  it("[D7] of an element that somebody deletes is gone with it", () => {
    const { replica } = start([square("a")]);
    replica.edit([["set", "a", { color: RED }]], "g1");
    replica.receive([commit(2, [["delete", "a"]])]);
    expect(replica.get("a")).toBeUndefined();
    expect([...replica.elements()]).toEqual([]);
    expect(replica.size).toBe(0);
  });

  it("larger than a push goes in several, one gesture, each within the limits", () => {
    const { replica } = start();
    const points = new Uint8Array(100_000);
    const strokes = ["x", "y", "z"].map((id): Op => {
      const stroke = { type: "freedraw", id, place: [0, 0, 1, 1, 0], z: "a0", points } as const;
      return ["put", stroke];
    });
    const many = Array.from({ length: MAX_OPS + 1 }, (_, i) => put(`id${i}`));
    replica.edit([...strokes, ...many], "g1");
    const { entries } = replica.pushes;
    expect(entries.map(({ n, gesture, ops }) => [n, gesture, ops.length])).toEqual([
      [1, "g1", 2],
      [2, "g1", 500],
      [3, "g1", 2],
    ]);
    for (const { cid, n, gesture, ops } of entries) {
      expect(encodeFrame([TAG.push, cid, n, gesture, ops]).length).toBeLessThanOrEqual(255 * 1024);
    }
    expect(replica.size).toBe(MAX_OPS + 4);
  });

  it("that the server could not read never leaves", () => {
    const { replica } = start([square("a")]);
    replica.edit([["set", "a", { opacity: Number.NaN }]], "g1");
    expect(replica.pending).toBe(0);
    replica.edit([["set", "a", { opacity: 7 }]], "g2");
    expect(replica.pushes.entries[0]?.ops).toEqual([["set", "a", { opacity: 1 }]]);
  });

  it("[D9] of the title shows at once, and the last one wins", () => {
    const { replica, mine } = start();
    replica.edit([["title", "mine"]], "g1");
    replica.receive([commit(2, [["title", "theirs"]])]);
    expect(replica.title).toBe("mine");
    replica.receive([mine(3, ["title", "mine"])]);
    expect([replica.title, replica.confirmed.title]).toEqual(["mine", "mine"]);
  });
});

describe("a refusal", () => {
  it("rolls the edit back visibly, tells why, and leaves later edits pending under another id", () => {
    const { replica, journal, told } = start([square("a")]);
    const reasons: unknown[] = [];
    replica.onRefused((refusal) => reasons.push(refusal));
    replica.edit([["set", "a", { color: RED }]], "g1");
    replica.edit([["set", "a", { opacity: 0.5 }]], "g2");
    const [first] = replica.pushes.entries;
    const { cid } = replica.pushes;
    replica.refused(first!, [TAG.refused, cid, 1, "board-full", "no room", false, 0, 0]);
    expect(replica.get("a")).toMatchObject({ color: "#1e1e1e", opacity: 0.5 });
    expect(told.at(-1)?.cause).toBe("refused");
    expect(reasons).toEqual([
      { code: "board-full", message: "no room", gesture: "g1", ops: first!.ops },
    ]);
    expect(replica.pushes.entries).toMatchObject([{ n: 1, gesture: "g2", state: "waiting" }]);
    expect(replica.pushes.entries[0]?.cid).not.toBe(cid);
    expect(journal.pushes).toMatchObject([{ n: 1, gesture: "g2" }]);
  });
});

describe("a snapshot", () => {
  it("[H6] shows the first board as it arrives", () => {
    const replica = new Replica({ journal: new MemoryJournal() });
    const sizes: number[] = [];
    replica.subscribe(({ added }) => sizes.push(added.length));
    replica.reset([TAG.reset, "e1", 3, "title", 3]);
    replica.page([TAG.page, [record(1, square("a")), record(2, square("b"))]]);
    expect(replica.size).toBe(2);
    replica.page([TAG.page, [record(3, square("c"))]]);
    replica.ready([TAG.ready, "e1", 3]);
    expect(sizes).toEqual([2, 1]);
    expect(replica.position).toEqual({ epoch: "e1", seq: 3 });
  });

  it("[C5] replaces a later one at once, in one change that holds only what differs", () => {
    const { replica, told } = start([square("a"), square("b"), square("c")]);
    const kept = replica.get("a");
    replica.reset([TAG.reset, "e1", 9, "new title", 3]);
    const now = [square("a"), square("b", { color: RED } as never), square("d")];
    replica.page([TAG.page, now.map((each) => record(9, each))]);
    expect(told).toEqual([]);
    expect(replica.size).toBe(3);
    replica.ready([TAG.ready, "e1", 9]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      cause: "snapshot",
      changes: {
        added: [{ id: "d" }],
        updated: [{ before: { color: "#1e1e1e" }, after: { id: "b", color: RED } }],
        removed: [{ id: "c" }],
      },
    });
    expect(replica.get("a")).toBe(kept);
    expect(replica.title).toBe("new title");
  });

  it("[C6] does not go back: an op that an element holds already is passed over", () => {
    const { replica } = start();
    replica.reset([TAG.reset, "e1", 10, "", 1]);
    replica.page([TAG.page, [record(12, square("a", { color: BLUE } as never))]]);
    replica.ready([TAG.ready, "e1", 10]);
    replica.receive([commit(11, [["set", "a", { color: RED }]])]);
    expect(colorOf(replica, "a")).toBe(BLUE);
    replica.receive([commit(12, [["set", "a", { color: BLUE }]])]);
    replica.receive([commit(13, [["set", "a", { color: RED }]])]);
    expect(colorOf(replica, "a")).toBe(RED);
  });

  it("[C6] takes the newer of two records of one element, whichever comes first", () => {
    for (const order of [
      [5, 7],
      [7, 5],
    ]) {
      const { replica } = start();
      replica.reset([TAG.reset, "e1", 5, "", 1]);
      for (const seq of order) {
        const color = seq === 7 ? RED : BLUE;
        replica.page([TAG.page, [record(seq, square("a", { color } as never))]]);
      }
      replica.ready([TAG.ready, "e1", 5]);
      expect(colorOf(replica, "a")).toBe(RED);
    }
  });

  it("puts points and text back into their elements", () => {
    const { replica } = start();
    const points = new Uint8Array([0, 4, 2, 2]);
    const stroke = { type: "freedraw", id: "s", place: [0, 0, 1, 1, 0], z: "a0" } as WireElement;
    const text = { type: "text", id: "t", place: [0, 0, 1, 1, 0], z: "a0" } as WireElement;
    replica.reset([TAG.reset, "e1", 5, "", 2]);
    replica.page([
      TAG.page,
      [
        [1, stroke, points, null],
        [2, text, null, "hello"],
        [3, { ...stroke, id: "empty" }, null, null],
      ],
    ]);
    replica.ready([TAG.ready, "e1", 5]);
    expect(replica.get("s")).toMatchObject({ points });
    expect(replica.get("t")).toMatchObject({ text: "hello" });
    expect(replica.get("empty")).toMatchObject({ points: new Uint8Array(0) });
  });

  it("keeps pending edits on top", () => {
    const { replica } = start([square("a")]);
    replica.edit([["set", "a", { color: RED }], put("mine")], "g1");
    load(replica, [square("a", { color: BLUE } as never), square("b")], 8);
    expect(colorOf(replica, "a")).toBe(RED);
    expect(replica.get("mine")).toBeDefined();
    expect(replica.size).toBe(3);
  });

  it("that breaks off leaves everything as it was", () => {
    const { replica, told } = start([square("a")]);
    replica.reset([TAG.reset, "e1", 9, "other", 1]);
    replica.page([TAG.page, [record(9, square("b"))]]);
    replica.disconnected();
    expect([replica.loading, replica.size, told.length]).toEqual([false, 1, 0]);
    replica.receive([commit(2, [put("c")])]);
    expect(replica.get("c")).toBeDefined();
  });

  it("keeps commits that come before it is complete", () => {
    const { replica } = start([square("a")]);
    replica.reset([TAG.reset, "e1", 9, "", 1]);
    replica.receive([commit(10, [put("b")]), commit(11, [put("c")])]);
    expect(replica.get("b")).toBeUndefined();
    replica.page([TAG.page, [record(9, square("a"))]]);
    replica.ready([TAG.ready, "e1", 9]);
    expect([replica.size, replica.position?.seq]).toEqual([3, 11]);
  });

  it("of another history, or an older one, is told", () => {
    const { replica } = start([square("a")], 5);
    const told: [boolean, string[]][] = [];
    replica.onRewound(({ older, was }) => told.push([older, [...was.keys()]]));
    load(replica, [square("a"), square("b")], 6);
    expect(told).toEqual([]);
    load(replica, [square("b")], 3);
    expect(told).toEqual([[true, ["a", "b"]]]);
    load(replica, [], 9, "e2");
    load(replica, [], 4, "e3");
    expect(told.slice(1)).toEqual([
      [false, ["b"]],
      [true, []],
    ]);
  });

  it("in another epoch forgets answers, and keeps the numbers of pushes: the store may know them", () => {
    const { replica } = start([], 5);
    replica.edit([put("a")], "g1");
    const { cid } = replica.pushes;
    replica.accepted(cid, 1, 8, 0);
    load(replica, [], 20, "e2");
    expect(replica.pushes.entries).toMatchObject([{ cid, n: 1, state: "waiting" }]);
    expect(replica.get("a")).toBeDefined();
  });
});

describe("commits", () => {
  it("[C4] that are known change nothing, and one that leaves a gap stops everything behind it", () => {
    const { replica } = start([square("a")], 5);
    expect(replica.receive([commit(5, [["delete", "a"]])])).toBe(true);
    expect(replica.size).toBe(1);
    expect(
      replica.receive([commit(6, [put("b")]), commit(8, [put("c")]), commit(7, [put("d")])]),
    ).toBe(false);
    expect([replica.size, replica.position?.seq]).toEqual([2, 6]);
  });

  it("are a gap before anything was loaded", () => {
    const replica = new Replica({ journal: new MemoryJournal() });
    expect(replica.receive([commit(1, [put("a")])])).toBe(false);
    expect(replica.size).toBe(0);
  });
});

describe("what an earlier visit left", () => {
  it("is shown with its pending edits on top before any word from the server", async () => {
    const first = start([square("a")], 5);
    first.replica.edit(
      [
        ["set", "a", { color: RED }],
        ["title", "offline"],
      ],
      "g1",
    );
    const { position, confirmed } = first.replica;
    const saved = { ...position!, title: confirmed.title, elements: [...confirmed.elements()] };
    const replica = new Replica({
      journal: first.journal,
      confirmed: saved,
      pending: first.journal.pushes,
    });
    expect(colorOf(replica, "a")).toBe(RED);
    expect([replica.title, replica.confirmed.title]).toEqual(["offline", "title"]);
    expect(await replica.digest()).toEqual(await first.replica.digest());
  });
});
