import { describe, expect, test } from "vitest";
import { BoardDocument } from "../document/document";
import type { Op, WireElement } from "../generated/protocol";
import { History, MAX_STEPS } from "./history";

/** Two people at one table: what one does, the other sees at once. */
class Table {
  readonly document = new BoardDocument();
  readonly me = this.#seat();
  readonly you = this.#seat();

  #seat(): History {
    const { document } = this;
    const seat: History = new History({
      get title() {
        return document.title;
      },
      get: (id) => this.document.get(id),
      edit: (ops) => {
        const changes = this.document.apply(ops);
        for (const other of [this.me, this.you]) if (other !== seat) other.noticed(changes);
      },
    });
    return seat;
  }
}

const box = (id: string, props: Partial<WireElement> = {}): Op => [
  "put",
  { type: "rectangle", id, place: [0, 0, 10, 10, 0], z: "a0", ...props } as WireElement,
];
const paint = (id: string, color: string): Op => ["set", id, { color }];

const RED = "#ff0000";
const BLUE = "#0000ff";
const GREEN = "#00ff00";

describe("one person alone", () => {
  test("undo of a delete restores the element with all its properties", () => {
    const { me, document } = new Table();
    me.edit([box("a", { color: RED, groups: ["g"], opacity: 0.5 })], "1");
    const before = document.get("a");
    me.edit([["delete", "a"]], "2");
    me.undo("u");
    expect(document.get("a")).toEqual(before);
  });

  test("all edits of one gesture are one step", () => {
    const { me, document } = new Table();
    me.edit([box("a")], "g");
    me.edit([paint("a", RED)], "g");
    me.edit([paint("a", BLUE)], "g");
    me.undo("u");
    expect(document.get("a")).toBeUndefined();
    me.redo("r");
    expect(document.get("a")).toMatchObject({ color: BLUE });
  });

  test("a delete and a put of the same element in one gesture go back to what it was", () => {
    const { me, document } = new Table();
    me.edit([box("a", { color: RED })], "1");
    me.edit([["delete", "a"]], "2");
    me.edit([box("a", { color: BLUE })], "2");
    me.undo("u");
    expect(document.get("a")).toMatchObject({ color: RED });
  });

  test("an edit that changes nothing is no step", () => {
    const { me } = new Table();
    me.edit([paint("missing", RED)], "1");
    expect(me.canUndo.value).toBe(false);
  });

  test("a new edit ends what could be redone", () => {
    const { me } = new Table();
    me.edit([box("a")], "1");
    me.undo("u");
    expect(me.canRedo.value).toBe(true);
    me.edit([box("b")], "2");
    expect(me.canRedo.value).toBe(false);
  });

  test("only the newest thousand steps are kept", () => {
    const { me, document } = new Table();
    me.edit([box("a")], "first");
    for (let i = 0; i < MAX_STEPS; i++) me.edit([paint("a", i % 2 ? RED : BLUE)], `${i}`);
    while (me.canUndo.value) me.undo("u");
    expect(document.get("a")).toBeDefined();
  });
});

describe("undo never touches another's later value", () => {
  test("the property that somebody else changed stays, the others go back", () => {
    const { me, you, document } = new Table();
    me.edit([box("a")], "1");
    me.edit([["set", "a", { color: RED, opacity: 0.5 }]], "2");
    you.edit([paint("a", BLUE)], "3");
    me.undo("u");
    expect(document.get("a")).toMatchObject({ color: BLUE, opacity: 1 });
  });

  test("a step of which nothing is left is skipped, not a dead key press", () => {
    const { me, you, document } = new Table();
    me.edit([box("a", { opacity: 0.5 })], "1");
    me.edit([["set", "a", { opacity: 0.2 }]], "2");
    me.edit([paint("a", RED)], "3");
    you.edit([paint("a", BLUE)], "4");
    expect(me.undo("u")).toEqual(["a"]);
    expect(document.get("a")).toMatchObject({ color: BLUE, opacity: 0.5 });
  });

  test("what I drew and somebody changed is not taken from them", () => {
    const { me, you, document } = new Table();
    me.edit([box("a")], "1");
    you.edit([paint("a", BLUE)], "2");
    me.undo("u");
    expect(document.get("a")).toMatchObject({ color: BLUE });
  });

  test("redo leaves alone what somebody changed in between", () => {
    const { me, you, document } = new Table();
    you.edit([box("a")], "0");
    me.edit([paint("a", RED)], "1");
    me.undo("u");
    you.edit([paint("a", GREEN)], "2");
    me.redo("r");
    expect(document.get("a")).toMatchObject({ color: GREEN });
  });

  test("undo of an edit of what somebody deleted does nothing and does not throw", () => {
    const { me, you, document } = new Table();
    me.edit([box("a")], "1");
    me.edit([paint("a", RED)], "2");
    you.edit([["delete", "a"]], "3");
    expect(me.undo("u")).toEqual([]);
    expect(document.size).toBe(0);
    expect(me.canUndo.value).toBe(false);
  });

  test("a change of theirs that hides behind a pending edit of mine counts, too", () => {
    const { me, document } = new Table();
    me.edit([box("a", { color: GREEN })], "1");
    me.edit([paint("a", RED)], "2");
    me.noticed({ added: [], updated: [], removed: [] }, new Map([["a", new Set(["color"])]]));
    me.undo("u");
    expect(document.get("a")).toMatchObject({ color: RED });
  });
});

describe("a refused push", () => {
  test("that made an element leaves no step behind", () => {
    const { me, document } = new Table();
    me.edit([box("a")], "1");
    // The store did not take it: the view rolls back.
    me.rolledBack(document.apply([["delete", "a"]]));
    expect(me.canUndo.value).toBe(false);
    expect(me.undo("u")).toEqual([]);
  });

  test("that changed an element leaves the step that made it", () => {
    const { me, document } = new Table();
    me.edit([box("a")], "1");
    me.edit([["set", "a", { color: RED, opacity: 0.5 }]], "2");
    me.rolledBack(document.apply([["set", "a", { color: "#1e1e1e", opacity: 1 }]]));
    expect(me.undo("u")).toEqual(["a"]);
    expect(document.size).toBe(0);
  });
});

test("what was imported at my wish goes and comes as one step", () => {
  const { me, document } = new Table();
  document.apply([box("a"), box("b")]);
  me.adopt(["a", "b", "missing"], "1");
  expect(me.undo("u")).toEqual(["a", "b"]);
  expect(document.size).toBe(0);
  me.redo("r");
  expect(document.size).toBe(2);
});

describe("the title", () => {
  const titled = (title: string): Op => ["title", title];

  test("goes back and forth like everything else", () => {
    const { me, document } = new Table();
    me.edit([titled("Plans")], "1");
    me.edit([box("a")], "2");
    me.edit([titled("Better plans")], "3");
    expect(me.undo("u")).toHaveLength(1);
    expect(document.title).toBe("Plans");
    me.undo("u");
    me.undo("u");
    expect([document.title, document.size]).toEqual(["", 0]);
    for (let i = 0; i < 3; i++) me.redo("r");
    expect([document.title, document.size]).toEqual(["Better plans", 1]);
  });

  test("that somebody else gave since is theirs", () => {
    const { me, you, document } = new Table();
    me.edit([titled("Mine")], "1");
    you.edit([titled("Yours")], "2");
    expect(me.undo("u")).toEqual([]);
    expect(document.title).toBe("Yours");
    you.undo("u");
    expect(document.title).toBe("Mine");
  });
});
