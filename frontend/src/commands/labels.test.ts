import { describe, expect, test } from "vitest";
import { linePoints } from "../editor/local_points";
import type { Arrow, TextElement, WireElement } from "../generated/protocol";
import { TestBoard, wire } from "../tools/testing/board";
import { COMMANDS } from "./registry";

/** The fake letters are 10 wide and 25 high at the font size of 20. */

const SHAPE = [100, 100, 200, 100] as const;

function boardOf(...elements: WireElement[]): TestBoard {
  return new TestBoard(elements, COMMANDS);
}

function arrow(id: string, ...points: readonly (readonly [number, number])[]): WireElement {
  const encoded = linePoints(points.map(([x, y]) => ({ x, y })));
  return wire("arrow", id, [0, 0, 1, 1, 0], { points: encoded });
}

function labelOf(board: TestBoard): TextElement {
  const texts = board.elements.filter((element) => element.type === "text");
  if (texts.length !== 1 || texts[0] === undefined) throw new Error(`${texts.length} texts`);
  return texts[0];
}

function labelled(board: TestBoard, id: string, words: string): TextElement {
  board.editor.text.edit(board.get(id));
  board.editor.text.commit(words);
  return labelOf(board);
}

describe("a label", () => {
  test("is begun and edited with Enter", () => {
    const board = boardOf(wire("diamond", "s", SHAPE));
    board.editor.select(["s"]);
    board.key("Enter");
    board.editor.text.commit("yes");
    board.key("Enter");
    expect(board.editor.text.edited.value).toMatchObject({
      isNew: false,
      element: { text: "yes" },
    });
    board.editor.text.commit("no");
    expect(labelOf(board)).toMatchObject({ text: "no", container: "s" });
  });

  test.each([
    ["rectangle", 190, 160],
    ["ellipse", 200 * Math.SQRT1_2 - 10, 160 / Math.SQRT1_2],
    ["diamond", 90, 320],
    ["triangle", 90, 320],
  ] as const)(
    "too long for its %s makes that higher, and both are one step of undo",
    (type, width, height) => {
      const board = boardOf(wire(type, "s", SHAPE));
      const label = labelled(board, "s", "1\n2\n3\n4\n5\n6");
      expect(label.place[2]).toBeCloseTo(width);
      // Six lines of 25 and a padding of 5 on both sides, in the room that the shape has.
      const { place } = board.get("s");
      expect(place[3]).toBeCloseTo(height);
      expect(place[1]).toBeCloseTo(100);
      const middle = type === "triangle" ? 0.75 : 0.5;
      expect(label.place[1] + label.place[3] / 2).toBeCloseTo(100 + height * middle);
      board.editor.undo();
      expect(board.only.place).toEqual([...SHAPE, 0]);
    },
  );

  test("makes its shape grow while it is typed, for others too", () => {
    const board = boardOf(wire("rectangle", "s", SHAPE));
    board.editor.text.edit(board.get("s"));
    board.editor.text.typed("1\n2\n3\n4\n5\n6");
    expect(board.stage.drafts).toMatchObject([{ id: "s", place: [100, 100, 200, 160, 0] }]);
    expect(board.stage.hidden.has("s")).toBe(true);
    expect(board.live.at(-1)?.drafts).toMatchObject([{ id: "s" }, { text: "1\n2\n3\n4\n5\n6" }]);
    board.editor.text.cancel();
    expect([board.stage.drafts, board.stage.hidden.size]).toEqual([[], 0]);
    expect(board.live.at(-1)?.drafts).toEqual([]);
    expect(board.get("s").place).toEqual([...SHAPE, 0]);
  });

  test("keeps its shape from being squeezed below its letters", () => {
    const board = boardOf(wire("rectangle", "s", SHAPE));
    labelled(board, "s", "1\n2\n3");
    board.click(150, 110).drag([305, 205], [305, 135]);
    expect(board.get("s").place).toEqual([100, 100, 200, 85, 0]);
    board.drag([305, 95], [305, 175]);
    // From above, the lower edge stays.
    expect(board.get("s").place).toEqual([100, 100, 200, 85, 0]);
  });

  test("stands at the top, in the middle or at the bottom, and turns with its shape", () => {
    const board = boardOf(wire("rectangle", "s", SHAPE));
    labelled(board, "s", "one");
    board.editor.select(["s"]);
    board.editor.setStyle({ verticalAlign: "top" });
    expect(labelOf(board).place).toEqual([105, 105, 190, 25, 0]);
    board.editor.setStyle({ verticalAlign: "bottom" });
    expect(labelOf(board).place).toEqual([105, 170, 190, 25, 0]);
    board.editor.change(new Map([["s", { place: [100, 100, 200, 100, Math.PI / 2] }]]));
    board.editor.setStyle({ fontSize: 40 });
    const [x, y, , , angle] = labelOf(board).place;
    // Turned by a quarter about (100, 100): the shape's lower edge is at x = 0.
    expect([Math.round(x), Math.round(y), angle]).toEqual([55, 105, Math.PI / 2]);
  });

  test("shares colour and font with a choice for its shape, but is not what colours are read from", () => {
    const board = boardOf(wire("rectangle", "s", SHAPE));
    labelled(board, "s", "one");
    board.editor.select(["s"]);
    board.editor.setStyle({ color: "#e03131", font: "mono" });
    expect(board.get("s")).toMatchObject({ color: "#e03131" });
    expect(labelOf(board)).toMatchObject({ color: "#e03131", font: "mono", align: "center" });
    board.editor.undo();
    expect(labelOf(board)).toMatchObject({ color: "#1e1e1e", font: "hand" });
  });

  test("keeps its alignment when another colour is chosen while it is begun", () => {
    const board = boardOf(wire("rectangle", "s", SHAPE));
    board.editor.select(["s"]);
    board.key("Enter");
    board.editor.setStyle({ color: "#e03131" });
    board.editor.text.commit("one");
    expect(labelOf(board)).toMatchObject({ color: "#e03131", align: "center" });
    // Only what is typed was meant.
    expect(board.get("s")).toMatchObject({ color: "#1e1e1e" });
  });

  test("lies right above its shape, below what covers that", () => {
    const board = boardOf(
      wire("rectangle", "s", SHAPE, { z: "a1" }),
      wire("rectangle", "over", [250, 100, 200, 100], { z: "a2" }),
    );
    const { z } = labelled(board, "s", "one");
    expect(z > "a1" && z < "a2").toBe(true);
  });

  test("is never taken without what it stands in", () => {
    const board = boardOf(wire("rectangle", "s", SHAPE));
    labelled(board, "s", "one");
    board.click(200, 150, { ctrl: true });
    expect([...board.editor.selection.value]).toEqual(["s"]);
  });

  test("is duplicated, grouped and deleted with its shape", () => {
    const board = boardOf(
      wire("rectangle", "s", SHAPE),
      wire("rectangle", "t", [400, 100, 50, 50]),
    );
    labelled(board, "s", "one");
    board.editor.select(["s", "t"]);
    board.editor.run("group");
    expect(labelOf(board).groups).toEqual(board.get("s").groups);
    board.editor.run("duplicate");
    const copies = board.elements.filter(({ id }) => board.editor.selection.value.has(id));
    const copied = board.elements.find(
      ({ type, id }) =>
        type === "text" &&
        id !== "s" &&
        copies.some((copy) => board.editor.attachments.labelOf(copy.id)?.id === id),
    );
    expect(copied).toMatchObject({ text: "one" });
    board.editor.run("delete");
    board.editor.select(["s"]);
    board.editor.run("delete");
    expect(board.elements.map(({ id }) => id)).toEqual(["t"]);
  });
});

describe("the label of an arrow", () => {
  test("stands half way along, and stays there when a point is moved", () => {
    const board = boardOf(arrow("a", [0, 0], [300, 0], [300, 100]));
    const { place, autoSize } = labelled(board, "a", "two");
    expect(autoSize).toBe(true);
    expect([place[0] + place[2] / 2, place[1] + place[3] / 2]).toEqual([200, 0]);
    board.editor.select(["a"]);
    board.drag([300, 100], [300, 300]);
    const moved = labelOf(board).place;
    expect([moved[0] + moved[2] / 2, moved[1] + moved[3] / 2]).toEqual([300, 0]);
  });

  test("opens with a double click, also on the middle of a selected arrow", () => {
    const board = boardOf(arrow("a", [0, 0], [300, 0]));
    board.click(40, 0).doubleClick(150, 0);
    expect(board.editor.text.edited.value?.element).toMatchObject({ container: "a" });
    board.editor.text.commit("two");
    board.doubleClick(152, 2);
    expect(board.editor.text.edited.value).toMatchObject({ isNew: false });
  });

  test("wraps when it is far longer than the arrow", () => {
    const board = boardOf(arrow("a", [0, 0], [400, 0]));
    const label = labelled(board, "a", "some more than forty letters on one arrow");
    expect(label).toMatchObject({ autoSize: false });
    expect(label.place.slice(2, 4)).toEqual([280, 50]);
    board.editor.text.edit(label);
    board.editor.text.commit("few");
    expect(labelOf(board)).toMatchObject({ autoSize: true });
    expect(labelOf(board).place[2]).toBe(30);
    expect((board.get("a") as Arrow).points).toBeDefined();
  });

  test("follows a shape that the arrow holds on to", () => {
    const board = boardOf(wire("rectangle", "s", [400, -50, 100, 100]), {
      ...arrow("a", [0, 0], [400, 0]),
      end: { to: "s", at: [0, 0.5] },
    });
    labelled(board, "a", "two");
    board.drag([450, 0], [650, 0]);
    const { place } = labelOf(board);
    expect(place[0] + place[2] / 2).toBeCloseTo(300);
  });
});

describe("two people", () => {
  test("who label one shape at the same time have one label with both words", () => {
    const board = boardOf(wire("rectangle", "s", SHAPE));
    board.editor.text.edit(board.get("s"));
    board.editor.text.typed("mine");
    board.replica.arrive([
      "put",
      wire("text", "t", [105, 137, 190, 25], { text: "theirs", container: "s" }),
    ]);
    board.editor.text.commit();
    expect(labelOf(board)).toMatchObject({ id: "t", text: "theirs\nmine" });
  });

  test("whose labels cross on their way have one label in the end: one page joins them", async () => {
    for (const [id, joined] of [
      ["0", "theirs\nmine"],
      ["zz", "mine"],
    ] as const) {
      const board = boardOf(wire("rectangle", "s", SHAPE));
      const mine = labelled(board, "s", "mine");
      const props = { text: "theirs", container: "s" };
      board.replica.arrive(["put", wire("text", id, [105, 137, 190, 25], props)]);
      await Promise.resolve();
      const texts = board.elements.filter((element) => element.type === "text");
      // The other page joins them where its label has the higher id.
      expect(texts.find((text) => text.id === (joined === "mine" ? mine.id : id))).toMatchObject({
        text: joined,
      });
      expect(texts).toHaveLength(joined === "mine" ? 2 : 1);
      board.editor.undo();
      const left = board.elements.filter((element) => element.type === "text");
      expect(left).toMatchObject([{ id, text: "theirs" }]);
    }
  });

  test("of whom one deletes the shape while the other labels it: the words are told", () => {
    const board = boardOf(wire("rectangle", "s", SHAPE));
    board.editor.text.edit(board.get("s"));
    board.editor.text.typed("mine");
    board.replica.arrive(["delete", "s"]);
    board.editor.text.commit();
    expect(board.elements).toEqual([]);
    const [news] = board.news;
    if (news?.kind !== "text-orphaned") throw new Error("nothing is told");
    news.putBack();
    expect(board.only).toMatchObject({ type: "text", text: "mine", container: "" });
  });
});
