import { describe, expect, test } from "vitest";
import { type Held, TestBoard, wire } from "./testing/board";

const first: Held = { kind: "touch", id: 1 };
const second: Held = { kind: "touch", id: 2 };
const third: Held = { kind: "touch", id: 3 };
const pen: Held = { kind: "pen", id: 9, pressure: 0.5 };

function drawing(): TestBoard {
  const board = new TestBoard();
  board.editor.setTool("pen");
  return board;
}

describe("touch", () => {
  test("one finger draws until a pen is seen, and pans from then on", () => {
    const board = drawing().drag([100, 100], [150, 150], first);
    expect(board.elements).toHaveLength(1);
    board.drag([200, 200], [240, 240], pen);
    expect(board.elements).toHaveLength(2);
    board.clock.advance(1000);
    board.drag([300, 300], [340, 320], first);
    expect(board.elements).toHaveLength(2);
    expect(board.stage.camera.x).toBe(-40);
  });

  test("a second finger takes back what the first began, and two fingers pan and pinch", () => {
    const board = drawing().down(100, 100, first).move(130, 130, first);
    board.down(200, 100, second);
    expect(board.stage.inks.map(({ state }) => state)).toEqual(["cancelled"]);
    // The fingers go twice as far apart.
    board.move(130, 130, first).move(330, 130, second);
    expect(board.stage.camera.zoom).toBeGreaterThan(1.5);
    board.up(second);
    board.move(160, 160, first).up(first);
    expect(board.elements).toEqual([]);
  });

  test("a pinch keeps the world under the fingers", () => {
    const board = drawing().down(100, 100, first).down(300, 100, second);
    const { camera } = board.stage;
    const before = camera.x + 200 / camera.zoom;
    board.move(50, 100, first).move(350, 100, second);
    expect(camera.zoom).toBeCloseTo(1.5);
    expect(camera.x + 200 / camera.zoom).toBeCloseTo(before);
  });

  test("a tap of two fingers undoes", () => {
    const board = drawing().drag([10, 10], [60, 60], first);
    expect(board.elements).toHaveLength(1);
    board.clock.advance(1000);
    board.down(100, 100, first).down(150, 100, second);
    board.clock.advance(80);
    board.up(second);
    board.up(first);
    expect(board.elements).toEqual([]);
  });

  test("a tap of three fingers does again what was undone, and nothing else", () => {
    const board = drawing().drag([10, 10], [60, 60], first);
    board.editor.undo();
    board.clock.advance(1000);
    board.down(100, 100, first).down(150, 100, second).down(200, 100, third);
    board.clock.advance(80);
    board.up(third).up(second).up(first);
    expect(board.elements).toHaveLength(1);
    expect(board.stage.camera).toMatchObject({ x: 0, zoom: 1 });
  });

  test("two fingers that moved are no tap", () => {
    const board = drawing().drag([10, 10], [60, 60], first);
    board.clock.advance(1000);
    board.down(100, 100, first).down(150, 100, second).move(180, 130, second);
    board.up(second);
    board.up(first);
    expect(board.elements).toHaveLength(1);
  });

  test("palms are ignored while a pen is at work and just after", () => {
    const board = drawing().down(100, 100, pen).move(120, 120, pen);
    board.down(300, 300, first).move(350, 350, first).up(first);
    board.move(140, 140, pen).up(pen);
    board.down(300, 300, second).move(350, 350, second).up(second);
    expect(board.elements).toHaveLength(1);
    expect(board.stage.camera.x).toBe(0);
  });

  test("a palm that was there first is dropped when the pen comes", () => {
    const board = drawing().down(300, 300, first).move(310, 330, first);
    board.drag([100, 100], [140, 140], pen);
    board.up(first);
    expect(board.elements).toHaveLength(1);
    expect(board.stage.inks.map(({ state }) => state)).toEqual(["cancelled", "ended"]);
  });

  test("a long press with Select opens the menu", () => {
    const board = new TestBoard([wire("rectangle", "r", [0, 0, 100, 100])]);
    board.down(50, 50, first);
    board.clock.advance(600);
    expect(board.editor.menu.value).toMatchObject({ clientX: 50, about: "selection" });
    board.move(90, 90, first).up(first);
    expect(board.get("r").place[0]).toBe(0);
  });

  test("a long press opens the menu with any tool once a pen draws, and the hand lets go", () => {
    const board = drawing().drag([200, 200], [240, 240], pen);
    board.clock.advance(1000);
    board.down(220, 220, first);
    expect(board.editor.cursor.value).toBe("grabbing");
    board.clock.advance(600);
    expect(board.editor.menu.value?.about).toBe("selection");
    expect(board.editor.cursor.value).not.toBe("grabbing");
    board.up(first);
    expect(board.elements).toHaveLength(1);
  });

  test("a lost pointer leaves nothing behind", () => {
    const board = drawing().down(100, 100, first).move(150, 150, first);
    board.cancel(first);
    expect(board.elements).toEqual([]);
    expect(board.editor.state.busy).not.toBe(true);
  });
});

test("when the window is lost in the middle of a stroke, the next press draws as ever", () => {
  const board = drawing().down(100, 100).move(150, 150);
  board.input.blur();
  expect(board.elements).toEqual([]);
  // No pointerup ever came.
  board.drag([200, 200], [240, 240]);
  expect(board.elements).toHaveLength(1);
});

describe("mouse", () => {
  test("a middle-drag pans with any tool", () => {
    const board = drawing().drag([100, 100], [160, 130], { button: 1 });
    expect(board.elements).toEqual([]);
    expect(board.stage.camera.x).toBe(-60);
  });

  test("the right button opens the menu when it is released, and selects what is under it", () => {
    const board = new TestBoard([wire("rectangle", "r", [0, 0, 100, 100])]);
    board.down(50, 50, { button: 2 });
    expect(board.editor.menu.value).toBeNull();
    board.up({ button: 2 });
    expect(board.editor.menu.value?.about).toBe("selection");
    expect([...board.editor.selection.value]).toEqual(["r"]);
    board.click(500, 500, { button: 2 });
    expect(board.editor.menu.value?.about).toBe("canvas");
  });
});
