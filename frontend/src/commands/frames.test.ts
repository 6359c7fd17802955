import { describe, expect, test } from "vitest";
import type { WireElement } from "../generated/protocol";
import { TestBoard, wire } from "../tools/testing/board";
import { COMMANDS } from "./registry";

/** The fake letters are 10 wide and 25 high at the font size of 20. */

const FRAME = wire("frame", "f", [100, 100, 300, 200]);
const square = (id: string, x: number, y: number, props: Partial<WireElement> = {}) =>
  wire("rectangle", id, [x, y, 50, 50], props);

function boardOf(...elements: WireElement[]): TestBoard {
  return new TestBoard(elements, COMMANDS);
}

describe("the frame tool", () => {
  test("frames what lies wholly in its box, in one step of undo", () => {
    const board = boardOf(
      square("in", 150, 150),
      square("half", 380, 150),
      square("locked", 250, 150, { locked: true }),
      square("g1", 160, 220, { groups: ["g"] }),
      square("g2", 500, 220, { groups: ["g"] }),
    );
    board.key("f");
    board.drag([100, 100], [400, 300]);
    const frame = board.elements.find(({ type }) => type === "frame");
    expect(frame?.place).toEqual([100, 100, 300, 200, 0]);
    const framed = board.elements.filter((element) => element.frame === frame?.id);
    // Of a group all or nothing.
    expect(framed.map(({ id }) => id)).toEqual(["in"]);
    expect([...board.editor.selection.value]).toEqual([frame?.id]);
    board.key("z", { ctrl: true });
    expect([board.get("in").frame, board.elements.length]).toEqual(["", 5]);
  });

  test("makes one to be seen also with a click", () => {
    const board = boardOf();
    board.key("f");
    board.click(500, 400);
    expect(board.only.place).toEqual([260, 240, 480, 320, 0]);
  });

  test("a frame lies in no other", () => {
    const board = boardOf(FRAME);
    board.key("f");
    board.drag([150, 150], [250, 250]);
    expect(board.elements.map(({ frame }) => frame)).toEqual(["", ""]);
  });
});

describe("what is dropped", () => {
  test("with its middle in a frame is in it, and out of it again, with its label", () => {
    const label = wire("text", "t", [505, 112, 40, 25], { text: "one", container: "a" });
    const board = boardOf(FRAME, square("a", 500, 100), label);
    board.down(510, 140).move(200, 210);
    // The frame that will take it is shown.
    expect(board.stage.overlay.some(({ kind }) => kind === "outline")).toBe(true);
    board.up();
    expect([board.get("a").frame, board.get("t").frame]).toEqual(["f", "f"]);
    expect(board.replica.edits).toHaveLength(1);
    board.drag([200, 210], [70, 210]);
    expect([board.get("a").frame, board.get("t").frame]).toEqual(["", ""]);
    board.key("z", { ctrl: true });
    expect(board.get("a").frame).toBe("f");
  });

  test("goes into the topmost frame, a group as a whole", () => {
    const over = wire("frame", "over", [150, 150, 100, 100], { z: "b" });
    const a = square("a", 500, 100, { groups: ["g"] });
    const b = square("b", 600, 100, { groups: ["g"] });
    // The middle of the one lies in the other frame, the middle of both in this.
    const board = boardOf(FRAME, over, a, b).drag([510, 110], [115, 185]);
    expect([board.get("a").frame, board.get("b").frame]).toEqual(["over", "over"]);
  });

  test("copies go where they are dropped, too", () => {
    const board = boardOf(FRAME, square("a", 150, 150, { frame: "f" }));
    board.drag([175, 175], [600, 175], { alt: true });
    expect(board.elements.find(({ id }) => id !== "f" && id !== "a")?.frame).toBe("");
    board.editor.select(["f"]);
    board.editor.run("duplicate");
    const copy = board.elements.findLast(({ type }) => type === "frame");
    expect(board.elements.filter(({ frame }) => frame === copy?.id)).toHaveLength(1);
  });
});

describe("what is drawn in a frame is in it", () => {
  test("but ink and lines over its edge are in none, so that nothing of them vanishes", () => {
    const board = boardOf(FRAME);
    board.key("p");
    board.drag([150, 150], [200, 200]).drag([150, 150], [600, 200]);
    board.key("a");
    board.drag([150, 250], [200, 250]);
    board.key("r");
    board.drag([300, 200], [410, 310]);
    board.key("n");
    board.click(250, 200);
    board.editor.endTyping();
    const frames = board.elements
      .filter(({ id }) => id !== "f")
      .map(({ type, frame }) => [type, frame]);
    expect(frames).toEqual([
      ["freedraw", "f"],
      ["freedraw", ""],
      ["arrow", "f"],
      ["rectangle", "f"],
      ["note", "f"],
    ]);
  });
});

describe("a frame", () => {
  const inside = square("a", 150, 150, { frame: "f" });

  test("takes what is in it along, and away", () => {
    const board = boardOf(FRAME, inside).drag([100, 180], [200, 180]);
    expect(board.get("a").place[0]).toBe(250);
    expect(board.get("a").frame).toBe("f");
    board.key("Delete");
    expect(board.elements).toEqual([]);
    board.key("z", { ctrl: true });
    expect(board.elements).toHaveLength(2);
  });

  test("made smaller leaves alone what is in it, and lets go what would not be seen", () => {
    const other = square("b", 340, 150, { frame: "f" });
    const board = boardOf(FRAME, inside, other).click(100, 180);
    board.drag([405, 305], [305, 305]);
    expect(board.get("f").place).toEqual([100, 100, 200, 200, 0]);
    expect([board.get("a").place, board.get("a").frame]).toEqual([[150, 150, 50, 50, 0], "f"]);
    expect([board.get("b").place[0], board.get("b").frame]).toEqual([340, ""]);
    // Made larger, it takes in what lies in it.
    board.drag([305, 305], [405, 305]);
    expect(board.get("b").frame).toBe("f");
  });

  test("lets go what arrow keys push out of it", () => {
    const board = boardOf(FRAME, square("a", 105, 150, { frame: "f" }));
    board.editor.select(["a"]);
    for (let i = 0; i < 6; i++) board.key("ArrowLeft", { shift: true });
    expect(board.get("a")).toMatchObject({ frame: "", place: [45, 150, 50, 50, 0] });
  });

  test("is not caught by a marquee inside of it, nor taken by the eraser", () => {
    const board = boardOf(FRAME, inside).drag([120, 120], [230, 230]);
    expect([...board.editor.selection.value]).toEqual(["a"]);
    board.key("e");
    board.drag([90, 280], [110, 280]);
    expect(board.elements).toHaveLength(2);
  });

  test("is taken, moved and named by its name", () => {
    const board = boardOf(FRAME).doubleClick(110, 88);
    expect(board.editor.naming.named.value?.id).toBe("f");
    board.editor.naming.typed("Plans  ");
    board.click(700, 700);
    expect(board.get("f")).toMatchObject({ name: "Plans" });
    expect(board.editor.naming.named.value).toBeNull();
    board.drag([110, 88], [130, 88]);
    expect(board.get("f").place[0]).toBe(120);
    board.key("Enter");
    board.editor.naming.typed("other");
    board.editor.naming.cancel();
    board.key("z", { ctrl: true });
    board.key("z", { ctrl: true });
    expect(board.get("f")).toMatchObject({ name: "", place: [100, 100, 300, 200, 0] });
  });

  test("comes around a selection, and goes without what is in it", () => {
    const board = boardOf(square("a", 0, 0), square("b", 100, 0));
    board.editor.select(["a", "b"]);
    board.key("g", { ctrl: true, alt: true });
    const frame = board.elements.find(({ type }) => type === "frame");
    expect(frame?.place).toEqual([-24, -24, 198, 98, 0]);
    expect(board.get("b").frame).toBe(frame?.id);
    board.editor.run("remove-frame");
    expect(board.elements.map(({ id, frame: of }) => [id, of])).toEqual([
      ["a", ""],
      ["b", ""],
    ]);
    expect([...board.editor.selection.value].sort()).toEqual(["a", "b"]);
    board.key("z", { ctrl: true });
    expect(board.get("a").frame).toBe(frame?.id);
  });

  test("that somebody deletes while something is dropped into it hides nothing", () => {
    const board = boardOf(FRAME, square("a", 500, 100))
      .down(525, 125)
      .move(200, 200);
    board.replica.arrive(["delete", "f"]);
    board.up();
    expect(board.get("a").frame).toBe("");
  });
});
