import { expect, test } from "vitest";
import { TestBoard, wire } from "./testing/board";

test("9 asks for pictures and gives the hand back", () => {
  const board = new TestBoard();
  board.editor.setTool("image");
  expect(board.asked).toEqual(["pictures"]);
  expect(board.editor.tool.value).toBe("select");
});

test("a corner keeps a picture's ratio, with Shift it does not; a box is the other way round", () => {
  for (const [type, kept] of [
    ["image", true],
    ["rectangle", false],
  ] as const) {
    for (const shift of [false, true]) {
      const board = new TestBoard([wire(type, "a", [100, 100, 200, 100])]);
      board.editor.select(["a"]);
      board.down(305, 205).move(505, 225, { shift }).up({ shift });
      const [, , width, height] = board.get("a").place;
      expect(Math.abs(width / height - 2) < 0.01).toBe(kept !== shift);
    }
  }
});
