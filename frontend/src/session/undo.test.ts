import { expect, test } from "vitest";
import type { Element, Op } from "../generated/protocol";
import { History } from "../history/history";
import { Replica } from "../sync/replica";
import { MemoryJournal } from "../sync/testing/memory_journal";

/** Undo on the real replica: with edits on their way, others' commits before mine, and refusals. */

const RED = "#ff0000";
const GREEN = "#00ff00";
const put: Op = ["put", { type: "rectangle", id: "a", place: [0, 0, 1, 1, 0], z: "a0" }];

class Desk {
  readonly replica = new Replica({ journal: new MemoryJournal() });
  readonly history = new History(this.replica);
  #seq = 0;

  constructor() {
    this.replica.subscribe((changes, cause, touched) => {
      if (cause === "refused") this.history.rolledBack(changes);
      else if (cause !== "own") this.history.noticed(changes, touched);
    });
    this.replica.reset([11, "epoch", 0, "", 0]);
    this.replica.ready([13, "epoch", 0]);
  }

  get element(): Element | undefined {
    return this.replica.get("a");
  }

  /** The oldest edit that is on its way arrives as a commit. */
  commit(): void {
    const [entry] = this.replica.pushes.entries;
    if (entry === undefined) throw new Error("nothing is on its way");
    const { cid, n, gesture, ops } = entry;
    this.replica.receive([[++this.#seq, 0, "me-myself", cid, n, gesture, ops]]);
  }

  others(...ops: Op[]): void {
    this.replica.receive([[++this.#seq, 0, "somebody", "other-client", this.#seq, "g", ops]]);
  }

  refuse(): void {
    const [entry] = this.replica.pushes.entries;
    if (entry === undefined) throw new Error("nothing is on its way");
    this.replica.refused(entry, [16, entry.cid, entry.n, "forbidden", "no", false, 0, 0]);
  }
}

test("an edit can be undone before and after the server has it", () => {
  const desk = new Desk();
  desk.history.edit([put], "1");
  desk.commit();
  desk.history.edit([["set", "a", { color: RED }]], "2");
  desk.history.undo("u");
  expect(desk.element).toMatchObject({ color: "#1e1e1e" });
  desk.history.undo("u");
  expect(desk.element).toBeUndefined();
  expect(desk.replica.pending).toBe(3);
});

test("a commit of theirs that was ordered before mine, and that mine hides, ends my wish to go back", () => {
  const desk = new Desk();
  desk.history.edit([put], "1");
  desk.commit();
  desk.history.edit([["set", "a", { color: RED }]], "2");
  desk.others(["set", "a", { color: GREEN }]);
  expect(desk.element).toMatchObject({ color: RED });
  desk.commit();
  desk.history.undo("u");
  expect(desk.element).toMatchObject({ color: RED });
});

test("a refused edit leaves no step behind", () => {
  const desk = new Desk();
  desk.history.edit([put], "1");
  desk.commit();
  desk.history.edit([["set", "a", { color: RED }]], "2");
  desk.refuse();
  expect(desk.element).toMatchObject({ color: "#1e1e1e" });
  desk.history.undo("u");
  expect(desk.element).toBeUndefined();
});

test("what they delete takes my steps about it with it, without a throw", () => {
  const desk = new Desk();
  desk.history.edit([put], "1");
  desk.history.edit([["set", "a", { color: RED }]], "2");
  desk.commit();
  desk.commit();
  desk.others(["delete", "a"]);
  expect(desk.history.undo("u")).toEqual([]);
  expect(desk.history.canUndo.value).toBe(false);
});
