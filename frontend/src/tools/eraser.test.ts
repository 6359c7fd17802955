import { describe, expect, test } from "vitest";
import { TestBoard, wire } from "./testing/board";

const row = () => {
  const board = new TestBoard([
    wire("rectangle", "a", [100, 0, 20, 100]),
    wire("rectangle", "b", [200, 0, 20, 100]),
    wire("rectangle", "locked", [300, 0, 20, 100], { locked: true }),
  ]);
  board.editor.setTool("eraser");
  return board;
};

describe("eraser", () => {
  test("what it crosses fades, and is gone when the pointer is lifted", () => {
    const board = row().down(50, 50).move(150, 50);
    expect([...board.stage.faded]).toEqual(["a"]);
    expect(board.elements).toHaveLength(3);
    board.up();
    expect(board.elements.map(({ id }) => id)).toEqual(["b", "locked"]);
    expect(board.stage.faded.size).toBe(0);
  });

  test("a fast sweep jumps over nothing, and locked elements stay", () => {
    const board = row().down(50, 50).move(400, 50).up();
    expect(board.elements.map(({ id }) => id)).toEqual(["locked"]);
  });

  test("Esc brings everything back", () => {
    const board = row().down(50, 50).move(400, 50);
    board.key("Escape");
    board.up();
    expect(board.elements).toHaveLength(3);
    expect(board.stage.faded.size).toBe(0);
    expect(board.replica.edits).toEqual([]);
  });

  test("one sweep is one step of undo", () => {
    const board = row().down(50, 50).move(400, 50).up();
    board.editor.undo();
    expect(board.elements).toHaveLength(3);
  });

  test("the other end of a pen erases, and the pen writes again when it is turned", () => {
    const board = row();
    board.editor.setTool("pen");
    board.down(50, 50, { kind: "pen", button: 5, pressure: 0.5 });
    board.move(150, 50, { kind: "pen", pressure: 0.5 }).up({ kind: "pen" });
    expect(board.elements.map(({ id }) => id)).toEqual(["b", "locked"]);
    expect(board.editor.tool.value).toBe("pen");
  });
});
