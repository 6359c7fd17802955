import { describe, expect, test } from "vitest";
import type { ToolName } from "../editor/tool";
import { centreUnderPlace } from "../geometry/place";
import { TestBoard } from "../tools/testing/board";
import { COMMANDS } from "./registry";

/** A board of 1,000 by 800 that is looked at from its corner. */
function withTool(tool: ToolName): TestBoard {
  const board = new TestBoard([], COMMANDS);
  board.editor.setTool(tool);
  return board;
}

describe("Enter puts one into the middle of the view", () => {
  test.each(["rectangle", "ellipse", "diamond", "triangle", "frame"] as const)("%s", (tool) => {
    const board = withTool(tool);
    expect(board.key("Enter")).toBe(true);
    expect(board.only.type).toBe(tool);
    expect(centreUnderPlace(board.only.place)).toEqual({ x: 500, y: 400 });
    expect([...board.editor.selection.value]).toEqual([board.only.id]);
    expect(board.editor.tool.value).toBe("select");
    board.editor.undo();
    expect(board.elements).toEqual([]);
  });

  test.each(["line", "arrow"] as const)("%s", (tool) => {
    const board = withTool(tool);
    board.key("Enter");
    expect(board.only).toMatchObject({ type: tool, start: null, end: null });
    expect(board.only.place.slice(0, 2)).toEqual([420, 400]);
    expect(board.editor.state.busy).not.toBe(true);
  });

  test.each(["text", "note"] as const)("%s, with the caret in it", (tool) => {
    const board = withTool(tool);
    board.key("Enter");
    expect(board.editor.text.edited.value?.element.type).toBe(tool);
  });

  test("a second one does not hide the first", () => {
    const board = withTool("rectangle");
    board.key("Enter");
    board.editor.setTool("rectangle");
    board.key("Enter");
    const middles = board.elements.map(({ place }) => centreUnderPlace(place).x);
    expect(middles).toEqual([500, 524]);
  });

  test("where the camera looks", () => {
    const board = withTool("ellipse");
    board.stage.camera.set(-300, 50, 2);
    board.key("Enter");
    expect(centreUnderPlace(board.only.place)).toEqual({ x: -50, y: 250 });
  });

  test("not with a pen, and not for who may only look", () => {
    const board = withTool("pen");
    board.key("Enter");
    board.editor.setTool("rectangle");
    board.editor.readOnly.value = true;
    board.key("Enter");
    expect(board.elements).toEqual([]);
  });
});
