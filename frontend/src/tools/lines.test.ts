import { describe, expect, test } from "vitest";
import { linePoints, worldPointsOf } from "../editor/local_points";
import type { Arrow, Line } from "../generated/protocol";
import { TestBoard, wire } from "./testing/board";

function lineOn(board: TestBoard): Line | Arrow {
  const line = board.elements.find(({ type }) => type === "line" || type === "arrow");
  if (line?.type !== "line" && line?.type !== "arrow") throw new Error("no line on the board");
  return line;
}

function pointsOn(board: TestBoard): number[][] {
  return worldPointsOf(lineOn(board)).map(({ x, y }) => [Math.round(x), Math.round(y)]);
}

function board(tool: "line" | "arrow", ...elements: ReturnType<typeof wire>[]): TestBoard {
  const board = new TestBoard(elements);
  board.editor.setTool(tool);
  return board;
}

const left = wire("rectangle", "left", [0, 0, 100, 100]);
const right = wire("rectangle", "right", [300, 0, 100, 100]);

describe("line", () => {
  test("a drag makes two points, and Select comes back", () => {
    const b = board("line").drag([10, 10], [110, 60]);
    expect(pointsOn(b)).toEqual([
      [10, 10],
      [110, 60],
    ]);
    expect(b.editor.tool.value).toBe("select");
  });

  test("click, click, click and Enter make many points", () => {
    const b = board("line").click(0, 0).click(100, 0).click(100, 100);
    b.key("Enter");
    expect(pointsOn(b)).toEqual([
      [0, 0],
      [100, 0],
      [100, 100],
    ]);
  });

  test("Esc ends the line with the points that were clicked", () => {
    const b = board("line").click(0, 0).click(100, 0).move(300, 300);
    b.key("Escape");
    expect(pointsOn(b)).toHaveLength(2);
  });

  test("a double click ends it, too, without a point twice", () => {
    const b = board("line").click(0, 0).click(100, 0).doubleClick(200, 50);
    expect(pointsOn(b)).toEqual([
      [0, 0],
      [100, 0],
      [200, 50],
    ]);
  });

  test("a click on the first point closes it", () => {
    const b = board("line").click(0, 0).click(100, 0).click(100, 100).click(2, 2);
    expect(pointsOn(b).at(-1)).toEqual([0, 0]);
    expect(b.editor.tool.value).toBe("select");
  });

  test("a single click and Esc leave nothing", () => {
    const b = board("line").click(0, 0);
    b.key("Escape");
    expect(b.elements).toEqual([]);
  });

  test("Shift goes in steps of 15 degrees", () => {
    const b = board("line").drag([0, 0], [100, 4], { shift: true });
    expect(pointsOn(b)[1]).toEqual([100, 0]);
  });

  test("taking another tool keeps what was clicked", () => {
    const b = board("line").click(0, 0).click(100, 0);
    b.editor.setTool("pen");
    expect(pointsOn(b)).toHaveLength(2);
    expect(b.editor.tool.value).toBe("pen");
  });

  test("dragging a point moves it alone, dragging the middle makes a new one", () => {
    const b = board("line").drag([0, 0], [100, 0]);
    b.drag([100, 0], [100, 50]);
    expect(pointsOn(b)).toEqual([
      [0, 0],
      [100, 50],
    ]);
    b.drag([50, 25], [50, 100]);
    expect(pointsOn(b)).toEqual([
      [0, 0],
      [50, 100],
      [100, 50],
    ]);
    b.editor.undo();
    expect(pointsOn(b)).toHaveLength(2);
  });
});

describe("arrow", () => {
  test("ends inside shapes aim at their centres and stop before their outlines", () => {
    const b = board("arrow", left, right).drag([50, 50], [350, 50]);
    expect(lineOn(b).start).toMatchObject({ to: "left" });
    expect(lineOn(b).end).toMatchObject({ to: "right" });
    expect(pointsOn(b)).toEqual([
      [104, 50],
      [296, 50],
    ]);
  });

  test("an end near the outline keeps that point of it", () => {
    const b = board("arrow", left, right).drag([200, 50], [303, 20]);
    expect(lineOn(b).start).toBeNull();
    expect(lineOn(b).end).toMatchObject({ to: "right", at: [0, 0.2] });
    expect(pointsOn(b)[1]).toEqual([300, 20]);
  });

  test("Ctrl binds nothing", () => {
    const b = board("arrow", left, right).drag([50, 50], [350, 50], { ctrl: true });
    expect(lineOn(b).end).toBeNull();
    expect(pointsOn(b)[1]).toEqual([350, 50]);
  });

  test("when a bound shape moves the arrow follows, in the same edit and the same step of undo", () => {
    const b = board("arrow", left, right).drag([50, 50], [350, 50]);
    const before = pointsOn(b);
    const edits = b.replica.edits.length;
    b.editor.select([]);
    b.drag([350, 80], [350, 380]);
    expect(b.get("right").place).toEqual([300, 300, 100, 100, 0]);
    expect(b.replica.edits).toHaveLength(edits + 1);
    const [, end] = pointsOn(b);
    // From the centre of the left one at (50, 50) toward (350, 350): a tip before the corner.
    expect(end?.[0]).toBeCloseTo(297, -0.5);
    expect(end?.[0]).toBe(end?.[1]);
    b.editor.undo();
    expect(pointsOn(b)).toEqual(before);
    expect(b.get("right").place).toEqual([300, 0, 100, 100, 0]);
  });

  test("others see the arrow follow while the shape is dragged", () => {
    const b = board("arrow", left, right).drag([50, 50], [350, 50]);
    b.editor.select([]);
    b.down(350, 80).move(350, 180);
    expect(b.stage.drafts.map(({ type }) => type)).toEqual(["arrow"]);
    expect(b.stage.hidden.has(lineOn(b).id)).toBe(true);
    expect(b.live.findLast(({ drafts }) => drafts !== undefined)?.drafts).toHaveLength(1);
    b.up();
    expect(b.stage.hidden.size).toBe(0);
  });

  test("an arrow that is moved together with both shapes keeps its form", () => {
    const b = board("arrow", left, right).drag([50, 50], [350, 50]);
    const { points } = lineOn(b);
    b.editor.select(b.elements.map(({ id }) => id));
    b.drag([350, 80], [360, 180]);
    expect(lineOn(b).points).toEqual(points);
    expect(lineOn(b).end).not.toBeNull();
  });

  test("an arrow of foreign make that moves with its shapes is not bent into our form", () => {
    const points = linePoints([
      { x: 0, y: 0 },
      { x: 150, y: 80 },
      { x: 290, y: 7 },
    ]);
    const foreign = wire("arrow", "foreign", [90, 40, 1, 1], {
      points,
      start: { to: "left", focus: 0.3, gap: 9 },
      end: { to: "right", focus: -0.8, gap: 9 },
    });
    const b = board("arrow", left, right, foreign);
    b.editor.setTool("select");
    b.editor.select(["left", "right", "foreign"]);
    b.drag([350, 80], [360, 180]);
    expect(b.get("foreign")).toMatchObject({ points, place: [100, 140, 1, 1, 0] });
  });

  test("an arrow that is pulled away lets go of its shapes", () => {
    const b = board("arrow", left, right).drag([50, 50], [350, 50]);
    b.editor.select([]);
    b.drag([200, 50], [200, 250]);
    expect(lineOn(b)).toMatchObject({ start: null, end: null });
    expect(pointsOn(b)).toEqual([
      [104, 250],
      [296, 250],
    ]);
  });

  test("dragging an end away from its shape lets go, and back takes hold again", () => {
    const b = board("arrow", left, right).drag([50, 50], [350, 50]);
    b.drag([296, 50], [200, 300]);
    expect(lineOn(b).end).toBeNull();
    b.drag([200, 300], [350, 50]);
    expect(lineOn(b).end).toMatchObject({ to: "right" });
  });

  test.each(["ellipse", "diamond"] as const)("the tip meets the outline of an %s", (type) => {
    const round = wire(type, "round", [300, 0, 100, 100]);
    const b = board("arrow", round).drag([100, 50], [350, 50]);
    const [tip] = pointsOn(b).slice(1) as [number[]];
    // A diamond's left corner lies a unit below its middle.
    expect(Math.abs(tip[0]! - 296)).toBeLessThanOrEqual(1);
    expect(tip[1]).toBe(50);
  });
});

describe("a point of a line", () => {
  const bent = wire("line", "bent", [0, 0], {
    points: linePoints([
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 100 },
    ]),
  });

  test("appears where the middle of a piece is pulled, and bends a straight arrow", () => {
    const b = board("arrow").drag([0, 0], [200, 0]);
    b.drag([100, 0], [100, 60]);
    expect(pointsOn(b)).toEqual([
      [0, 0],
      [100, 60],
      [200, 0],
    ]);
    b.editor.undo();
    expect(pointsOn(b)).toHaveLength(2);
  });

  test("is pulled at the curve itself where the line is curved", () => {
    const b = board("line");
    b.editor.setStyle({ curve: "round" });
    b.click(0, 0).click(100, 100).click(200, 0);
    b.key("Enter");
    const onCurve = b.stage.overlay.filter(
      (shape) => shape.kind === "handle" && shape.shape === "hint",
    );
    expect(onCurve).toHaveLength(2);
    const [hint] = onCurve as { at: { x: number; y: number } }[];
    // A cardinal spline bulges beyond the chord.
    expect(hint!.at.y).toBeGreaterThan(52);
    b.drag([hint!.at.x, hint!.at.y], [20, 90]);
    expect(pointsOn(b)[1]).toEqual([20, 90]);
  });

  test("goes by a double click, or when it is put on the one beside it", () => {
    const b = new TestBoard([bent]);
    b.editor.select(["bent"]);
    b.doubleClick(100, 0);
    expect(pointsOn(b)).toEqual([
      [0, 0],
      [100, 100],
    ]);
    b.editor.undo();
    b.drag([100, 0], [97, 96]);
    expect(pointsOn(b)).toEqual([
      [0, 0],
      [100, 100],
    ]);
  });

  test("stays when it is one of the last two", () => {
    const b = board("line").drag([0, 0], [100, 0]);
    b.doubleClick(100, 0);
    expect(pointsOn(b)).toHaveLength(2);
  });
});

describe("an elbow arrow", () => {
  function elbow(...elements: ReturnType<typeof wire>[]): TestBoard {
    const b = board("arrow", ...elements);
    b.editor.setStyle({ curve: "elbow" });
    return b;
  }
  const low = wire("ellipse", "low", [300, 200, 100, 100]);

  test("finds its way between two shapes, while it is drawn and when one of them moves", () => {
    const b = elbow(left, low).down(50, 50).move(200, 100).move(350, 250);
    const draft = b.stage.drafts[0] as Arrow;
    b.up();
    expect(pointsOn(b)).toEqual([
      [104, 50],
      [350, 50],
      [350, 196],
    ]);
    expect(draft.points).toEqual(lineOn(b).points);
    b.editor.select(["low"]);
    b.drag([350, 250], [350, 50], { ctrl: true });
    expect(pointsOn(b)).toEqual([
      [104, 50],
      [296, 50],
    ]);
    b.editor.undo();
    expect(pointsOn(b)).toHaveLength(3);
  });

  test("runs straight to a shape that lies only a little lower", () => {
    const b = elbow(left, wire("triangle", "lower", [300, 8, 100, 100])).drag([50, 50], [350, 70]);
    expect(pointsOn(b)).toHaveLength(2);
    expect(pointsOn(b).map(([, y]) => y)).toEqual([50, 50]);
  });

  test("ends at the second click, and only its ends can be pulled", () => {
    const b = elbow(left, low).click(50, 50).click(350, 250);
    expect(b.editor.tool.value).toBe("select");
    const handles = b.stage.overlay.filter(
      (shape) => shape.kind === "handle" && shape.shape !== "square",
    );
    // Two ends, and the box's handle for turning.
    expect(handles).toHaveLength(3);
    b.drag([350, 196], [350, 400], { ctrl: true });
    expect(lineOn(b).end).toBeNull();
    expect(pointsOn(b).at(-1)).toEqual([350, 400]);
  });

  test("a straight arrow becomes one and is straight again", () => {
    const b = board("arrow", left, low).drag([50, 50], [350, 250]);
    b.editor.setStyle({ curve: "elbow" });
    expect(pointsOn(b)).toHaveLength(3);
    b.editor.setStyle({ curve: "sharp" });
    expect(pointsOn(b)).toHaveLength(2);
    b.editor.undo();
    expect(pointsOn(b)).toHaveLength(3);
  });

  test("a line with elbows goes where it was clicked", () => {
    const b = board("line");
    b.editor.setStyle({ curve: "elbow" });
    b.click(0, 0).click(50, 80).click(200, 10);
    b.key("Enter");
    expect(pointsOn(b)).toHaveLength(3);
  });
});
