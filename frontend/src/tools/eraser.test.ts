import { describe, expect, test } from "vitest";
import { boundsOf } from "../elements/registry";
import { encodePoints } from "../geometry/points";
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

describe("eraser of parts", () => {
  const ink = (id: string, y: number) =>
    wire("freedraw", id, [10, y, 1, 1, 0], {
      points: encodePoints(
        [0, 50, 100, 150, 200].map((x) => ({ x, y: 0, pressure: 0.5, time: x })),
        { time: true },
      ),
      color: "#e03131",
      strokeWidth: 1,
    });

  const sheet = () => {
    const board = new TestBoard([
      ink("a", 50),
      ink("b", 90),
      wire("rectangle", "box", [90, 0, 40, 200]),
    ]);
    board.editor.setTool("eraser");
    board.editor.setHand({ erases: "part" });
    return board;
  };

  const spans = (board: TestBoard) =>
    board.elements
      .filter(({ type }) => type === "freedraw")
      .map((element) => {
        const { minX, maxX, minY } = boundsOf(element);
        return [Math.round(minX), Math.round(maxX), Math.round(minY)];
      })
      .sort((a, b) => a[2]! - b[2]! || a[0]! - b[0]!);

  test("cuts the ink that it crosses, leaves shapes alone, and is one step of undo", () => {
    const board = sheet().down(80, 20).move(80, 60);
    expect(board.stage.hidden).toEqual(new Set(["a"]));
    expect(board.stage.drafts).toHaveLength(2);
    board.up();
    expect(board.stage.drafts).toEqual([]);
    const [left, right, whole] = spans(board);
    expect(left![0]).toBe(10);
    expect(left![1]).toBeLessThan(72);
    expect(right![0]).toBeGreaterThan(88);
    expect(right![1]).toBe(210);
    expect(whole).toEqual([10, 210, 90]);
    expect(board.get("box")).toBeDefined();
    const pieces = board.elements.filter((element) => boundsOf(element).minY === 50);
    for (const piece of pieces) expect(piece).toMatchObject({ color: "#e03131", strokeWidth: 1 });
    board.editor.undo();
    expect(spans(board)).toEqual([
      [10, 210, 50],
      [10, 210, 90],
    ]);
  });

  test("what somebody else does to a piece stays when the cut is taken back", () => {
    const board = sheet().down(80, 20).move(80, 60).up();
    const piece = board.elements.find(
      ({ id, type }) => type === "freedraw" && id !== "a" && id !== "b",
    );
    board.replica.arrive(["set", piece!.id, { color: "#2f9e44" }]);
    board.editor.undo();
    expect(board.get("a")).toBeDefined();
    expect(board.replica.get(piece!.id)).toMatchObject({ color: "#2f9e44" });
  });

  test("the longest piece is still the element: what is done to it meanwhile is not lost", () => {
    const board = sheet().down(80, 20).move(80, 60);
    board.replica.arrive(["set", "a", { color: "#1971c2" }]);
    board.up();
    const colours = board.elements.flatMap((element) =>
      element.type === "freedraw" && boundsOf(element).minY === 50 ? [element.color] : [],
    );
    expect(colours).toEqual(["#1971c2", "#1971c2"]);
  });

  test("nothing is put back of what somebody deleted meanwhile, and all of a stroke can go", () => {
    const board = sheet().down(80, 20).move(80, 60);
    board.replica.arrive(["delete", "a"]);
    board.up();
    expect(spans(board)).toEqual([[10, 210, 90]]);
    board.down(0, 90).move(220, 90).up();
    expect(spans(board)).toEqual([]);
    board.editor.undo();
    expect(spans(board)).toHaveLength(1);
  });

  test("Esc brings the ink back, and Alt takes whole elements for once", () => {
    const board = sheet().down(80, 20).move(80, 100);
    board.key("Escape");
    board.up();
    expect(board.replica.edits).toEqual([]);
    expect(board.stage.hidden.size).toBe(0);
    board.down(60, 20, { alt: true }).move(60, 60, { alt: true }).up({ alt: true });
    expect(spans(board)).toEqual([[10, 210, 90]]);
  });
});
