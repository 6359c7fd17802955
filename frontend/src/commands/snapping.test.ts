import { describe, expect, test, vi } from "vitest";
import { TestBoard, wire } from "../tools/testing/board";
import { COMMANDS } from "./registry";

const fixed = wire("rectangle", "fixed", [300, 200, 100, 100]);
const mover = wire("rectangle", "mover", [0, 0, 60, 60]);

function guidesOn(board: TestBoard): unknown[] {
  return board.stage.overlay.filter(({ kind }) => kind === "guide");
}

function cornerOf(board: TestBoard, id = "mover"): number[] {
  return [...board.get(id).place].slice(0, 2);
}

describe("snapping to objects", () => {
  test("an edge near another's comes to lie on it, and a guide says so while it is dragged", () => {
    const b = new TestBoard([fixed, mover]);
    b.down(30, 30).move(200, 30).move(334, 90);
    expect(guidesOn(b)).toHaveLength(1);
    b.up();
    expect(cornerOf(b)).toEqual([300, 60]);
    expect(guidesOn(b)).toEqual([]);
  });

  test("Ctrl lets it lie where it was dropped, and does the opposite where snapping is off", () => {
    const b = new TestBoard([fixed, mover], COMMANDS);
    b.down(30, 30).move(200, 30).move(334, 90, { ctrl: true });
    expect(guidesOn(b)).toEqual([]);
    b.up({ ctrl: true });
    expect(cornerOf(b)).toEqual([304, 60]);
    b.editor.undo();
    b.editor.select([]);
    b.key("s", { alt: true });
    expect(b.editor.snapsToObjects.value).toBe(false);
    b.down(30, 30).move(200, 30).move(334, 90).up();
    expect(cornerOf(b)).toEqual([304, 60]);
    b.editor.undo();
    b.down(30, 30).move(200, 30).move(334, 90, { ctrl: true }).up({ ctrl: true });
    expect(cornerOf(b)).toEqual([300, 60]);
    expect(new TestBoard([]).editor.snapsToObjects.value).toBe(true);
  });

  test("the choice is remembered", () => {
    const b = new TestBoard([], COMMANDS);
    b.key("s", { alt: true });
    expect([...b.memory.values()]).toContain("no");
  });

  test("Shift keeps the axis: nothing pulls it off", () => {
    const b = new TestBoard([fixed, mover]);
    b.down(30, 30).move(200, 30).move(334, 34, { shift: true }).up({ shift: true });
    expect(cornerOf(b)).toEqual([300, 0]);
  });

  test("a pulled edge stops at another's, a corner at two", () => {
    const b = new TestBoard([fixed, mover]);
    b.editor.select(["mover"]);
    b.drag([65, 30], [303, 30]);
    expect(b.get("mover").place.slice(2, 4)).toEqual([300, 60]);
    b.drag([305, 65], [408, 203]);
    expect(b.get("mover").place.slice(2, 4)).toEqual([400, 200]);
  });

  test("a shape that is drawn begins and ends in line with others", () => {
    const b = new TestBoard([fixed]);
    b.editor.setTool("ellipse");
    b.down(303, 20).move(350, 50).move(397, 104);
    expect(guidesOn(b)).not.toEqual([]);
    b.up();
    const drawn = b.elements.find(({ type }) => type === "ellipse");
    expect(drawn?.place).toEqual([300, 20, 100, 84, 0]);
    expect(guidesOn(b)).toEqual([]);
  });

  test("several keep their distances, and nothing snaps to itself or to what goes along", () => {
    const label = wire("text", "label", [10, 10, 40, 20], { text: "a", container: "mover" });
    const b = new TestBoard([fixed, mover, label, wire("rectangle", "other", [100, 0, 60, 60])]);
    b.editor.select(["mover", "other"]);
    b.drag([30, 30], [227, 92]);
    expect(cornerOf(b)).toEqual([197, 62]);
    b.drag([227, 92], [269, 92]);
    expect(cornerOf(b)).toEqual([240, 62]);
    expect(cornerOf(b, "other")).toEqual([340, 62]);
    expect(cornerOf(b, "label")).toEqual([250, 72]);
  });

  test("ink and lines lie where they are dropped", () => {
    const b = new TestBoard([fixed]);
    b.editor.setTool("line");
    b.drag([10, 10], [90, 10]);
    b.drag([30, 10], [323, 150]);
    const [line] = b.elements.filter(({ type }) => type === "line");
    expect(line?.place.slice(0, 2)).toEqual([303, 150]);
  });

  test("ten thousand elements are looked at once in a drag", () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      wire("rectangle", `e${i}`, [200 + (i % 100) * 7, (i / 100) * 7, 5, 5]),
    );
    const b = new TestBoard([mover, ...many]);
    b.editor.select(["mover"]);
    b.down(30, 30);
    const search = vi.spyOn(b.editor.ports.index, "search");
    for (let i = 1; i <= 50; i++) b.move(30 + i * 4, 30 + i);
    expect(search).toHaveBeenCalledTimes(1);
    b.up();
  });
});

describe("snapping to the grid", () => {
  test("what is moved, drawn, stretched or begun lies on it; with Ctrl it does not", () => {
    const b = new TestBoard([mover], COMMANDS);
    b.key("'", { ctrl: true });
    b.drag([30, 30], [77, 38]);
    expect(cornerOf(b)).toEqual([40, 0]);
    b.drag([70, 30], [77, 33], { ctrl: true });
    expect(cornerOf(b)).toEqual([47, 3]);
    b.editor.setTool("rectangle");
    b.drag([203, 208], [297, 251]);
    const drawn = b.elements.find(({ id }) => id !== "mover");
    expect(drawn?.place).toEqual([200, 200, 100, 60, 0]);
    b.drag([305, 265], [338, 321]);
    expect(b.get(drawn?.id ?? "").place).toEqual([200, 200, 140, 120, 0]);
    b.editor.setTool("line");
    b.drag([403, 12], [491, 57]);
    const line = b.elements.find(({ type }) => type === "line");
    expect(line?.place.slice(0, 2)).toEqual([400, 20]);
  });
});
