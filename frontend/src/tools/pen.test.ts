import { describe, expect, test } from "vitest";
import { Steadying } from "../editor/steadying";
import type { Line } from "../generated/protocol";
import { TestBoard } from "./testing/board";

function penBoard(): TestBoard {
  const board = new TestBoard();
  board.editor.setTool("pen");
  board.editor.setStyle({ color: "#e03131", strokeWidth: 4, fill: "#ffc9c9" });
  return board;
}

function drawBox(board: TestBoard): TestBoard {
  board.down(100, 100);
  const way = [
    [300, 100],
    [300, 250],
    [100, 250],
    [100, 104],
  ] as const;
  let [x, y] = [100, 100];
  for (const [toX, toY] of way) {
    for (let i = 1; i <= 10; i++) {
      board.move(x + ((toX - x) * i) / 10, y + ((toY - y) * i) / 10);
      board.clock.advance(10);
    }
    [x, y] = [toX, toY];
  }
  return board;
}

const typesOn = (board: TestBoard) => board.elements.map(({ type }) => type);

describe("ink held still at its end", () => {
  test("becomes the shape that it shows, in the pen's colour and width, not filled", () => {
    const board = drawBox(penBoard());
    board.clock.advance(500);
    expect(board.only).toMatchObject({
      type: "rectangle",
      color: "#e03131",
      strokeWidth: 4,
      fill: "transparent",
      place: [100, 100, 200, 150, 0],
    });
    expect(board.stage.inks[0]?.state).toBe("ended");
    board.move(180, 180).up();
    expect(typesOn(board)).toEqual(["rectangle"]);
    expect(board.editor.tool.value).toBe("pen");
  });

  test("undo brings the ink back, and once more takes it away", () => {
    const board = drawBox(penBoard());
    board.clock.advance(500);
    board.up();
    board.editor.undo();
    expect(typesOn(board)).toEqual(["freedraw"]);
    board.editor.undo();
    expect(board.elements).toEqual([]);
    board.editor.redo();
    board.editor.redo();
    expect(typesOn(board)).toEqual(["rectangle"]);
  });

  test("a line that was nearly level is level", () => {
    const board = penBoard().down(100, 100);
    for (let i = 1; i <= 20; i++) board.move(100 + i * 10, 100 + i * 0.2);
    board.clock.advance(600);
    board.up();
    const line = board.only as Line;
    expect(line).toMatchObject({ type: "line", place: [100, 100, 1, 1, 0], endHead: "none" });
    expect(line.points).toBeDefined();
  });

  test("stays ink when it is lifted at once, trembles on, or nobody wants shapes", () => {
    const quick = drawBox(penBoard()).up();
    quick.clock.advance(1000);
    expect(typesOn(quick)).toEqual(["freedraw"]);

    const moving = drawBox(penBoard());
    for (let i = 0; i < 10; i++) {
      moving.clock.advance(300);
      moving.move(112 - (i % 2) * 12, 104);
    }
    moving.up();
    expect(typesOn(moving)).toEqual(["freedraw"]);

    const without = penBoard();
    without.editor.setHand({ recognises: "off" });
    drawBox(without).clock.advance(2000);
    without.up();
    expect(typesOn(without)).toEqual(["freedraw"]);
  });

  test("a trembling hand is still", () => {
    const board = drawBox(penBoard());
    for (let i = 0; i < 5; i++) {
      board.clock.advance(110);
      board.move(100 + (i % 2), 104 + (i % 3));
    }
    expect(typesOn(board)).toEqual(["rectangle"]);
  });
});

describe("a steady hand", () => {
  const trembling = Array.from({ length: 60 }, (_, i) => ({
    x: i * 4,
    y: i % 2 === 0 ? 3 : -3,
    pressure: 0.5,
    time: i * 8,
  }));

  test.each([
    ["off", 3],
    ["normal", 1.5],
    ["strong", 0.5],
  ] as const)("%s lets through at most %d of a tremble of 3", (steadies, most) => {
    const steadying = new Steadying(steadies);
    const drawn = trembling.map((sample) => steadying.follow(sample)).slice(30);
    const worst = Math.max(...drawn.map(({ y }) => Math.abs(y)));
    expect(worst).toBeLessThanOrEqual(most);
    if (steadies === "off") expect(drawn).toEqual(trembling.slice(30));
  });

  test("ends where the pointer was lifted", () => {
    const board = penBoard();
    board.editor.setHand({ steadies: "strong" });
    board.down(100, 100);
    board.clock.advance(8);
    board.move(200, 100);
    const behind = board.stage.inks[0]!.points.at(-1)!;
    expect(behind.x).toBeLessThan(60);
    board.up();
    expect(board.stage.inks[0]!.points.at(-1)).toMatchObject({ x: 100, y: 0 });
    expect(typesOn(board)).toEqual(["freedraw"]);
  });
});
