import { describe, expect, test } from "vitest";
import { decodePoints } from "../geometry/points";
import { TestBoard, wire } from "./testing/board";

describe("pen", () => {
  test("a drag leaves one stroke, and the pen stays at hand", () => {
    const board = new TestBoard();
    board.editor.setTool("pen");
    board.drag([10, 10], [50, 30]);
    expect(board.only).toMatchObject({ type: "freedraw", place: [10, 10, 1, 1, 0], brush: "pen" });
    expect(board.editor.tool.value).toBe("pen");
  });

  test("the bytes that went out live are the bytes that are committed", () => {
    const board = new TestBoard();
    board.editor.setTool("pen");
    board.down(10, 10);
    for (let i = 0; i < 200; i++) {
      board.clock.advance(8);
      board.move(10 + i * 1.37, 10 + Math.sin(i / 9) * 40);
    }
    board.up();
    const inks = board.live.flatMap(({ ink }) => ink ?? []);
    const sent = new Uint8Array(inks.reduce((sum, { data }) => sum + data.length, 0));
    let expected = 0;
    for (const { offset, data } of inks) {
      expect(offset).toBe(expected);
      sent.set(data, offset);
      expected += data.length;
    }
    const stroke = board.only;
    expect(stroke.type === "freedraw" && stroke.points).toEqual(sent);
    expect(inks[0]?.element).toMatchObject({ type: "freedraw", id: stroke.id });
    expect(inks.slice(1).every(({ element }) => element === undefined)).toBe(true);
  });

  test("a mouse has no pressure, a pen has", () => {
    const board = new TestBoard();
    board.editor.setTool("pen");
    board.drag([0, 0], [40, 0]);
    board.drag([0, 50], [40, 50], { kind: "pen", pressure: 0.8 });
    const [mouse, pen] = board.elements.map((element) =>
      element.type === "freedraw" ? element.points : new Uint8Array(),
    );
    expect((mouse?.[0] ?? 0) & 1).toBe(0);
    expect((pen?.[0] ?? 0) & 1).toBe(1);
    expect(decodePoints(pen ?? new Uint8Array())[1]?.pressure).toBeCloseTo(0.8, 2);
  });

  test("a click leaves a dot", () => {
    const board = new TestBoard();
    board.editor.setTool("pen");
    board.click(30, 30);
    expect(board.only.type === "freedraw" && decodePoints(board.only.points)).toHaveLength(1);
  });

  test("Esc while drawing leaves nothing, and tells the others", () => {
    const board = new TestBoard();
    board.editor.setTool("pen");
    board.down(10, 10).move(40, 40);
    board.key("Escape");
    board.move(60, 60).up();
    expect(board.elements).toEqual([]);
    expect(board.stage.inks.map(({ state }) => state)).toEqual(["cancelled"]);
    expect(board.live.some(({ ended }) => ended?.length === 1)).toBe(true);
  });

  test("undo takes the stroke back and redo brings the same stroke again", () => {
    const board = new TestBoard();
    board.editor.setTool("pen");
    board.drag([10, 10], [50, 30]);
    const stroke = board.only;
    board.editor.undo();
    expect(board.elements).toEqual([]);
    board.editor.redo();
    expect(board.only).toEqual(stroke);
  });
});

describe("rectangle", () => {
  test("a drag makes a rectangle, selects it, and Select comes back", () => {
    const board = new TestBoard();
    board.editor.setTool("rectangle");
    board.drag([10, 20], [110, 70]);
    expect(board.only).toMatchObject({ type: "rectangle", place: [10, 20, 100, 50, 0] });
    expect([...board.editor.selection.value]).toEqual([board.only.id]);
    expect(board.editor.tool.value).toBe("select");
  });

  test("Shift while drawing a rectangle makes a square", () => {
    const board = new TestBoard();
    board.editor.setTool("rectangle");
    board.drag([10, 20], [110, 70], { shift: true });
    expect(board.only.place).toEqual([10, 20, 100, 100, 0]);
  });

  test("Alt while drawing makes the first point the centre", () => {
    const board = new TestBoard();
    board.editor.setTool("ellipse");
    board.drag([100, 100], [140, 120], { alt: true });
    expect(board.only.place).toEqual([60, 80, 80, 40, 0]);
  });

  test("Shift pressed in the middle of the drag counts at once", () => {
    const board = new TestBoard();
    board.editor.setTool("rectangle");
    board.down(0, 0).move(100, 40);
    board.key("Shift", { shift: true });
    expect(board.stage.drafts[0]?.place).toEqual([0, 0, 100, 100, 0]);
    board.release("Shift");
    expect(board.stage.drafts[0]?.place).toEqual([0, 0, 100, 40, 0]);
  });

  test("a click makes nothing tiny", () => {
    const board = new TestBoard();
    board.editor.setTool("diamond");
    board.click(300, 300);
    expect(board.only.place).toEqual([220, 240, 160, 120, 0]);
  });

  test("a locked tool stays for the next shape", () => {
    const board = new TestBoard();
    board.editor.setTool("rectangle");
    board.editor.toolLocked.value = true;
    board.drag([0, 0], [50, 50]).drag([100, 0], [150, 50]);
    expect(board.elements).toHaveLength(2);
    expect(board.editor.tool.value).toBe("rectangle");
  });

  test("others see the shape while it is drawn", () => {
    const board = new TestBoard();
    board.editor.setTool("rectangle");
    board.down(0, 0).move(50, 50);
    expect(board.live.at(-2)?.drafts?.[0]).toMatchObject({ place: [0, 0, 50, 50, 0] });
    board.up();
    expect(board.live.findLast(({ drafts }) => drafts !== undefined)?.drafts).toEqual([]);
    expect(board.stage.drafts).toEqual([]);
  });
});

describe("select", () => {
  const box = () => new TestBoard([wire("rectangle", "r", [100, 100, 100, 80])]);

  test("a click selects, a click beside selects nothing", () => {
    const board = box().click(150, 140);
    expect([...board.editor.selection.value]).toEqual(["r"]);
    board.click(500, 500);
    expect(board.editor.selection.value.size).toBe(0);
  });

  test("a drag moves what is under the pointer as one edit", () => {
    const board = box().drag([150, 140], [170, 150]);
    expect(board.get("r").place).toEqual([120, 110, 100, 80, 0]);
    expect(board.replica.edits).toHaveLength(1);
    board.editor.undo();
    expect(board.get("r").place).toEqual([100, 100, 100, 80, 0]);
  });

  test("Shift while moving keeps the axis", () => {
    const board = box().click(150, 140).drag([150, 140], [190, 150]);
    board.drag([190, 150], [260, 170], { shift: true });
    expect(board.get("r").place).toEqual([210, 110, 100, 80, 0]);
  });

  test("Alt+drag leaves the original and moves a duplicate", () => {
    const board = box().drag([150, 140], [350, 140], { alt: true });
    expect(board.get("r").place).toEqual([100, 100, 100, 80, 0]);
    const copy = board.elements.find(({ id }) => id !== "r");
    expect(copy?.place).toEqual([300, 100, 100, 80, 0]);
    expect([...board.editor.selection.value]).toEqual([copy?.id]);
  });

  test("while Alt is held the original stays in sight, and the copy moves", () => {
    const board = box().down(150, 140).move(300, 140, { alt: true });
    expect(board.stage.moves).toBeNull();
    expect(board.stage.hidden.size).toBe(0);
    expect(board.stage.drafts.map(({ place }) => place[0])).toEqual([250]);
    // Let go of Alt: it is a move after all.
    board.move(310, 140);
    expect(board.stage.moves?.get("r")?.[0]).toBe(260);
    expect(board.stage.drafts).toEqual([]);
    board.up();
    expect(board.elements).toHaveLength(1);
  });

  test("what is moved wholly out of its frame leaves it, what moves with it stays", () => {
    const frame = wire("frame", "f", [0, 0, 300, 300]);
    const inside = wire("rectangle", "r", [100, 100, 100, 80], { frame: "f" });
    const out = new TestBoard([frame, inside]).drag([150, 140], [650, 140]);
    expect(out.get("r").frame).toBe("");
    const along = new TestBoard([frame, inside]);
    along.editor.select(["f"]);
    along.drag([1, 50], [1001, 50]);
    expect(along.get("r")).toMatchObject({ frame: "f", place: [1100, 100, 100, 80, 0] });
  });

  test("Esc while moving puts everything back", () => {
    const board = box().down(150, 140).move(300, 300);
    expect(board.stage.moves?.get("r")).toEqual([250, 260, 100, 80, 0]);
    board.key("Escape");
    board.up();
    expect(board.get("r").place).toEqual([100, 100, 100, 80, 0]);
    expect(board.stage.moves).toBeNull();
    expect(board.replica.edits).toEqual([]);
  });

  test("a marquee selects whatever it touches", () => {
    const board = new TestBoard([
      wire("rectangle", "in", [100, 100, 50, 50]),
      wire("rectangle", "touched", [180, 100, 50, 50]),
      wire("rectangle", "out", [400, 400, 50, 50]),
    ]).drag([80, 80], [200, 160]);
    expect([...board.editor.selection.value].sort()).toEqual(["in", "touched"]);
  });

  test("locked elements are neither clicked nor caught by a marquee", () => {
    const board = new TestBoard([wire("rectangle", "r", [100, 100, 50, 50], { locked: true })]);
    board.click(120, 120).drag([50, 50], [300, 300]);
    expect(board.editor.selection.value.size).toBe(0);
  });

  test("Shift+click adds, and takes out again", () => {
    const board = new TestBoard([
      wire("rectangle", "a", [0, 0, 50, 50]),
      wire("rectangle", "b", [100, 0, 50, 50]),
    ]).click(25, 25);
    board.click(125, 25, { shift: true });
    expect([...board.editor.selection.value]).toEqual(["a", "b"]);
    board.click(25, 25, { shift: true });
    expect([...board.editor.selection.value]).toEqual(["b"]);
  });

  test("the corner handle stretches from the opposite corner", () => {
    const board = box().click(150, 140).drag([205, 185], [255, 225]);
    expect(board.get("r").place).toEqual([100, 100, 150, 120, 0]);
  });

  test("Shift on a handle keeps the ratio, Alt keeps the centre", () => {
    const board = box().click(150, 140).drag([205, 185], [305, 185], { shift: true });
    expect(board.get("r").place[2]).toBe(100);
    const ratio = box().click(150, 140);
    ratio.down(205, 185).move(306, 186, { shift: true }).up({ shift: true });
    const [, , width, height] = ratio.get("r").place;
    expect(width / height).toBeCloseTo(100 / 80);
    const centre = box().click(150, 140);
    centre.down(205, 185).move(215, 195, { alt: true }).up({ alt: true });
    expect(centre.get("r").place).toEqual([90, 90, 120, 100, 0]);
  });

  test("the rotate handle turns about the centre, with Shift by 15 degrees", () => {
    const board = box().click(150, 140);
    const handle = board.stage.overlay.find(
      (shape) => shape.kind === "handle" && shape.shape === "circle",
    );
    if (handle?.kind !== "handle") throw new Error("no rotate handle");
    board.down(handle.at.x, handle.at.y).move(252, 143, { shift: true }).up({ shift: true });
    const { place } = board.get("r");
    expect(place[4]).toBeCloseTo(Math.PI / 2);
    // A quarter turn about (150, 140): the top left corner is now at the top right.
    expect(place[0]).toBeCloseTo(190);
    expect(place[1]).toBeCloseTo(90);
  });
});
