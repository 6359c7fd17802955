import { describe, expect, test } from "vitest";
import { TestBoard, wire } from "../tools/testing/board";
import { COMMANDS } from "./registry";

const square = (id: string, x: number, y = 0, z = "a0", props = {}) =>
  wire("rectangle", id, [x, y, 50, 50], { z: `${z}${id}`, ...props });

function boardOf(...elements: ReturnType<typeof wire>[]): TestBoard {
  return new TestBoard(elements, COMMANDS);
}

describe("groups", () => {
  test("a click on one selects all of the group, Ctrl+click reaches inside", () => {
    const board = boardOf(square("a", 0), square("b", 100), square("c", 200));
    board.editor.select(["a", "b"]);
    board.key("g", { ctrl: true });
    board.click(500, 500).click(25, 25);
    expect([...board.editor.selection.value].sort()).toEqual(["a", "b"]);
    board.click(25, 25, { ctrl: true });
    expect([...board.editor.selection.value]).toEqual(["a"]);
  });

  test("a double click enters the group, Esc leaves it", () => {
    const board = boardOf(square("a", 0), square("b", 100));
    board.editor.select(["a", "b"]);
    board.editor.run("group");
    board.click(500, 500).doubleClick(25, 25);
    expect([...board.editor.selection.value]).toEqual(["a"]);
    board.click(125, 25);
    expect([...board.editor.selection.value]).toEqual(["b"]);
    board.key("Escape");
    expect([...board.editor.selection.value].sort()).toEqual(["a", "b"]);
    expect(board.editor.entered.value).toBeNull();
  });

  test("a group of groups comes apart one level at a time", () => {
    const board = boardOf(square("a", 0), square("b", 100), square("c", 200));
    board.editor.select(["a", "b"]);
    board.editor.run("group");
    board.editor.select(["a", "b", "c"]);
    board.editor.run("group");
    expect(board.get("a").groups).toHaveLength(2);
    board.editor.run("ungroup");
    expect(board.get("a").groups).toHaveLength(1);
    expect(board.get("c").groups).toHaveLength(0);
    board.editor.run("ungroup");
    expect(board.get("a").groups).toHaveLength(0);
  });

  test("each group that is selected has its outline, and so has the one that was entered", () => {
    const at = (x: number) => [square(`a${x}`, x), square(`b${x}`, x, 100)];
    const board = boardOf(...at(0), ...at(100), ...at(200));
    const outlines = () => {
      const shapes = board.stage.overlay.filter((shape) => shape.kind === "outline");
      return shapes.map(({ points, dashed }) => [points[0]?.x, points[2]?.y, dashed === true]);
    };
    for (const x of [0, 100]) {
      board.editor.select([`a${x}`, `b${x}`]);
      board.editor.run("group");
    }
    board.key("a", { ctrl: true });
    expect(outlines()).toEqual([
      [0, 150, false],
      [100, 150, false],
      [200, 50, false],
      [200, 150, false],
      [-5, 155, false],
    ]);
    board.click(500, 500).doubleClick(125, 25);
    expect(outlines()).toEqual([
      [100, 150, true],
      [95, 55, false],
    ]);
    board.key("Escape");
    // Of one group alone, what is in it.
    expect(outlines().map(([x, y]) => [x, y])).toEqual([
      [100, 50],
      [100, 150],
      [95, 155],
    ]);
  });

  test("a double click where a handle lies enters the group, too", () => {
    const board = boardOf(square("a", 0), square("b", 100));
    board.editor.select(["a", "b"]);
    board.editor.run("group");
    board.click(500, 500).doubleClick(0, 25);
    expect([...board.editor.selection.value]).toEqual(["a"]);
    expect(board.get("a").place).toEqual([0, 0, 50, 50, 0]);
  });

  test("Ctrl+click reaches through groups of groups, and Esc leaves one at a time", () => {
    const board = boardOf(square("a", 0), square("b", 100), square("c", 200));
    board.editor.select(["a", "b"]);
    board.editor.run("group");
    board.editor.select(["a", "b", "c"]);
    board.editor.run("group");
    board.click(500, 500).click(25, 25, { ctrl: true });
    expect([...board.editor.selection.value]).toEqual(["a"]);
    board.key("Escape");
    expect([...board.editor.selection.value].sort()).toEqual(["a", "b"]);
    board.key("Escape");
    expect([...board.editor.selection.value].sort()).toEqual(["a", "b", "c"]);
    board.click(500, 500).doubleClick(25, 25);
    expect([...board.editor.selection.value].sort()).toEqual(["a", "b"]);
  });

  test("a duplicate of a group is a group of its own", () => {
    const board = boardOf(square("a", 0), square("b", 100));
    board.editor.select(["a", "b"]);
    board.editor.run("group");
    board.editor.run("duplicate");
    const groups = new Set(board.elements.map(({ groups }) => groups[0]));
    expect(groups.size).toBe(2);
  });
});
