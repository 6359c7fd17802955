import { describe, expect, test } from "vitest";
import { TestBoard, wire } from "../tools/testing/board";
import { COMMANDS } from "./registry";

const square = (id: string, x: number, y = 0, props = {}) =>
  wire("rectangle", id, [x, y, 50, 50], { z: `a0${id}`, ...props });

function walker(...elements: ReturnType<typeof wire>[]) {
  const board = new TestBoard(elements, COMMANDS);
  const tab = (shift = false) => {
    const taken = board.key("Tab", { shift });
    return taken ? [...board.editor.selection.value].sort().join(" ") : "the page's";
  };
  return { board, tab, back: () => tab(true) };
}

describe("Tab walks what is drawn", () => {
  test("in reading order, and at the end it is the page's again", () => {
    const { tab, back } = walker(square("below", 0, 200), square("right", 100), square("left", 0));
    expect([tab(), tab(), tab(), tab()]).toEqual(["left", "right", "below", "the page's"]);
    expect([back(), back(), back()]).toEqual(["right", "left", "the page's"]);
  });

  test("backwards from the end when nothing is selected", () => {
    const { back } = walker(square("a", 0), square("b", 100));
    expect(back()).toBe("b");
  });

  test("a group is one thing, and inside of it its members are", () => {
    const { board, tab } = walker(
      square("a", 0),
      square("b", 100, 0, { groups: ["g"] }),
      square("c", 200, 0, { groups: ["g"] }),
    );
    expect([tab(), tab(), tab()]).toEqual(["a", "b c", "the page's"]);
    board.editor.entered.value = "g";
    board.editor.select(["b"]);
    expect(tab()).toBe("c");
  });

  test("a label is part of its shape", () => {
    const label = wire("text", "t", [10, 10, 30, 20], { container: "a", text: "Yes" });
    const { tab } = walker(square("a", 0), label, square("b", 100));
    expect([tab(), tab(), tab()]).toEqual(["a", "b", "the page's"]);
  });

  test("what is off the screen is brought into it, no further than needed", () => {
    const { board, tab } = walker(square("a", 100, 100), square("b", 1500, 100));
    tab();
    expect(board.stage.camera).toMatchObject({ x: 0, y: 0, zoom: 1 });
    tab();
    expect(board.stage.camera).toMatchObject({ x: 600, y: 0, zoom: 1 });
  });

  test("an empty board lets the key through", () => {
    expect(walker().tab()).toBe("the page's");
  });
});
