import { describe, expect, test } from "vitest";
import type { Element } from "../generated/protocol";
import { TestBoard, wire } from "./testing/board";

/** The fake letters are 10 wide and 25 high at the font size of 20. */

describe("text", () => {
  test("a click places a caret, and what is typed is committed where it was clicked", () => {
    const board = new TestBoard();
    board.editor.setTool("text");
    board.click(100, 100);
    expect(board.editor.text.edited.value).toMatchObject({ isNew: true });
    expect(board.elements).toEqual([]);
    board.editor.text.commit("hello");
    expect(board.only).toMatchObject({ type: "text", text: "hello", autoSize: true });
    expect(board.only.place).toEqual([100, 87.5, 50, 25, 0]);
    expect(board.editor.tool.value).toBe("select");
    expect([...board.editor.selection.value]).toEqual([board.only.id]);
  });

  test("a drag makes a box in which the text wraps", () => {
    const board = new TestBoard();
    board.editor.setTool("text");
    board.drag([100, 100], [200, 110]);
    board.editor.text.commit("a text of twenty five let");
    expect(board.only).toMatchObject({ autoSize: false, place: [100, 100, 100, 75, 0] });
  });

  test.each(["Escape", "Ctrl+Enter"])("%s ends typing and keeps the text", (chord) => {
    const board = new TestBoard();
    board.editor.setTool("text");
    board.click(100, 100);
    board.editor.text.typed("kept");
    expect(board.editor.text.key(chord)).toBe(true);
    expect(board.only).toMatchObject({ text: "kept" });
  });

  test("nothing is left of a text without letters", () => {
    const board = new TestBoard([wire("text", "t", [0, 0, 50, 25], { text: "hello" })]);
    board.editor.text.edit(board.only);
    board.editor.text.commit("  ");
    expect(board.elements).toEqual([]);
    board.editor.setTool("text");
    board.click(100, 100);
    board.editor.text.commit("");
    expect(board.elements).toEqual([]);
    expect(board.replica.edits).toHaveLength(1);
  });

  test("a press beside it ends typing", () => {
    const board = new TestBoard();
    board.editor.setTool("text");
    board.click(100, 100);
    board.editor.text.typed("done");
    board.click(400, 400);
    expect(board.only).toMatchObject({ text: "done" });
    expect(board.editor.text.edited.value).toBeNull();
  });

  test("the original is hidden while its text is edited, and undo brings the old text back", () => {
    const board = new TestBoard([wire("text", "t", [0, 0, 50, 25], { text: "hello" })]);
    board.doubleClick(20, 10);
    expect(board.stage.hidden.has("t")).toBe(true);
    board.editor.text.commit("hello you");
    expect(board.stage.hidden.size).toBe(0);
    expect(board.get("t")).toMatchObject({ text: "hello you", place: [0, 0, 90, 25, 0] });
    board.editor.undo();
    expect(board.get("t")).toMatchObject({ text: "hello", place: [0, 0, 50, 25, 0] });
  });

  test("centred text grows to both sides", () => {
    const text = wire("text", "t", [100, 0, 50, 25], { text: "hello", align: "center" });
    const board = new TestBoard([text]);
    board.editor.text.edit(board.only);
    board.editor.text.commit("hello you");
    expect(board.get("t").place).toEqual([80, 0, 90, 25, 0]);
  });

  test("a double click on the empty canvas writes there", () => {
    const board = new TestBoard().doubleClick(300, 300);
    board.editor.text.commit("new");
    expect(board.only).toMatchObject({ type: "text", text: "new" });
  });

  test("a larger font makes the box larger in the same edit", () => {
    const board = new TestBoard([wire("text", "t", [0, 0, 50, 25], { text: "hello" })]);
    board.editor.select(["t"]);
    board.editor.setStyle({ fontSize: 40 });
    expect(board.get("t")).toMatchObject({ fontSize: 40, place: [0, 0, 100, 50, 0] });
    expect(board.replica.edits).toHaveLength(1);
  });

  test("a corner of a text scales its letters, a side moves where the lines break", () => {
    const text = wire("text", "t", [100, 100, 100, 25], { text: "ten letter" });
    const corner = new TestBoard([text]).click(150, 110);
    corner.drag([205, 130], [305, 155]);
    expect(corner.get("t")).toMatchObject({ fontSize: 40, autoSize: true });
    const side = new TestBoard([text]).click(150, 110);
    side.editor.ports.stage.camera.set(0, 0, 2);
    side.drag([410, 225], [310, 225]);
    expect(side.get("t")).toMatchObject({
      fontSize: 20,
      autoSize: false,
      place: [100, 100, 50, 50, 0],
    });
  });
});

test("a double click on the side of a wrapped text unwraps it; a single one changes nothing", () => {
  const text = wire("text", "t", [100, 100, 50, 50], { text: "ten letter", autoSize: false });
  const board = new TestBoard([text]).click(120, 110);
  board.click(155, 125);
  expect(board.replica.edits).toEqual([]);
  board.editor.ports.stage.camera.set(0, 0, 2);
  board.doubleClick(305, 250);
  expect(board.get("t")).toMatchObject({ autoSize: true, place: [100, 100, 100, 25, 0] });
});

describe("text in a shape", () => {
  const shape = wire("rectangle", "s", [100, 100, 200, 100]);

  test("a double click on a shape writes into its middle", () => {
    const board = new TestBoard([shape]).doubleClick(150, 130);
    board.editor.text.commit("inside");
    const text = board.elements.find(({ type }) => type === "text");
    expect(text).toMatchObject({
      container: "s",
      align: "center",
      place: [105, 137.5, 190, 25, 0],
    });
    expect([...board.editor.selection.value]).toEqual(["s"]);
  });

  test("a double click into an empty outline writes into it, too", () => {
    const hollow = wire("ellipse", "s", [100, 100, 200, 100], { fill: "transparent" });
    const board = new TestBoard([hollow]).doubleClick(200, 130);
    board.editor.text.commit("inside");
    expect(board.elements.find(({ type }) => type === "text")).toMatchObject({ container: "s" });
    // Beside the curve, though inside of the box, is the canvas.
    board.doubleClick(105, 105);
    expect(board.editor.text.edited.value?.element).toMatchObject({ container: "" });
  });

  test("it goes where the shape goes, and is deleted with it", () => {
    const board = new TestBoard([shape]).doubleClick(150, 130);
    board.editor.text.commit("inside");
    board.drag([150, 130], [250, 130]);
    expect(board.elements.find(({ type }) => type === "text")?.place[0]).toBe(205);
    board.editor.setTool("eraser");
    board.click(350, 150);
    expect(board.elements).toEqual([]);
  });

  test("it stays in the middle when the shape is stretched", () => {
    const board = new TestBoard([shape]).doubleClick(150, 130);
    board.editor.text.commit("inside");
    board.drag([305, 205], [405, 305]);
    expect(board.get("s").place).toEqual([100, 100, 300, 200, 0]);
    const text = board.elements.find(({ type }) => type === "text");
    expect(text?.place).toEqual([105, 187.5, 290, 25, 0]);
  });
});

describe("note", () => {
  test("the caret is in it at once, and note and text are one step of undo", () => {
    const board = new TestBoard();
    board.editor.setTool("note");
    board.click(300, 300);
    expect(board.only).toMatchObject({ type: "note", place: [200, 200, 200, 200, 0] });
    expect(board.editor.text.edited.value?.element.id).toBe(board.only.id);
    board.editor.text.commit("remember");
    expect(board.only).toMatchObject({ text: "remember" });
    board.editor.undo();
    expect(board.elements).toEqual([]);
  });

  test("Tab makes the next one to its right, of the same paper", () => {
    const board = new TestBoard();
    board.editor.setTool("note");
    board.click(300, 300);
    board.editor.setStyle({ paper: "#a5d8ff" });
    board.editor.text.typed("one");
    expect(board.editor.text.key("Tab")).toBe(true);
    board.editor.text.commit("two");
    const [one, two] = board.elements;
    expect(one).toMatchObject({ text: "one", fill: "#a5d8ff" });
    expect(two).toMatchObject({ text: "two", fill: "#a5d8ff", place: [420, 200, 200, 200, 0] });
  });

  test("Shift+Tab makes the next one below; where there is one already, the caret goes there", () => {
    const board = new TestBoard();
    board.editor.setTool("note");
    board.click(300, 300);
    board.editor.text.typed("one");
    expect(board.editor.text.key("Shift+Tab")).toBe(true);
    board.editor.text.commit("below");
    expect(board.elements[1]?.place).toEqual([200, 420, 200, 200, 0]);
    board.editor.text.edit(board.elements[0] as Element);
    board.editor.text.key("Shift+Tab");
    expect(board.editor.text.edited.value?.element).toMatchObject({ text: "below" });
    board.editor.text.key("Tab");
    board.editor.text.commit("aside");
    expect(board.elements.map(({ place }) => place.slice(0, 2))).toEqual([
      [200, 200],
      [200, 420],
      [420, 420],
    ]);
  });

  test("others see it while it is typed", () => {
    const board = new TestBoard();
    board.editor.setTool("note");
    board.click(300, 300);
    board.editor.text.typed("rem");
    expect(board.live.at(-1)?.drafts).toMatchObject([{ type: "note", text: "rem" }]);
    board.editor.text.commit();
    expect(board.live.findLast(({ drafts }) => drafts !== undefined)?.drafts).toEqual([]);
  });

  test("Tab in a text is not taken", () => {
    const board = new TestBoard().doubleClick(300, 300);
    expect(board.editor.text.key("Tab")).toBe(false);
  });
});

describe("words that would be lost", () => {
  test("with a note that somebody deletes while they are typed are told, and can be put back", () => {
    const board = new TestBoard([wire("note", "n", [10, 20, 200, 200], { text: "old" })]);
    board.editor.text.edit(board.only);
    board.replica.arrive(["delete", "n"]);
    board.editor.text.typed("old and new");
    expect(board.news).toEqual([]);
    board.editor.text.commit();
    expect(board.elements).toEqual([]);
    const [news] = board.news;
    if (news?.kind !== "text-orphaned") throw new Error("nothing is told");
    news.putBack();
    expect(board.only).toMatchObject({ type: "note", text: "old and new" });
    expect(board.only.place).toEqual([10, 20, 200, 200, 0]);
    // Whoever deleted the old one may bring that back: two elements need two names.
    expect(board.only.id).not.toBe("n");
    board.editor.history.undo("undo");
    expect(board.elements).toEqual([]);
  });

  test("are put back beside their shape when that is gone, too", () => {
    const board = new TestBoard([
      wire("rectangle", "r", [0, 0, 200, 100]),
      wire("text", "t", [0, 0, 50, 25], { text: "in it", container: "r" }),
    ]);
    board.editor.text.edit(board.elements.find(({ id }) => id === "r") as Element);
    board.replica.arrive(["delete", "r"], ["delete", "t"]);
    board.editor.text.commit("in it, longer");
    const [news] = board.news;
    if (news?.kind === "text-orphaned") news.putBack();
    expect(board.only).toMatchObject({ type: "text", text: "in it, longer", container: "" });
  });

  test("are nobody's concern when nothing was typed", () => {
    const board = new TestBoard([wire("note", "n", [10, 20, 200, 200], { text: "old" })]);
    board.editor.text.edit(board.only);
    board.replica.arrive(["delete", "n"]);
    board.editor.text.commit("old");
    expect([board.news, board.elements]).toEqual([[], []]);
  });

  test("for want of room in one text are counted", () => {
    const board = new TestBoard();
    board.editor.clipboard.pasteString("x".repeat(20_007));
    expect(board.news).toEqual([{ kind: "text-cut", letters: 7 }]);
    expect(board.only).toMatchObject({ text: "x".repeat(20_000) });
  });
});
