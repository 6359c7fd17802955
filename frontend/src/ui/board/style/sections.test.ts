import { describe, expect, test } from "vitest";
import { resolve } from "../../../document/wire_element";
import type { Element, WireElement } from "../../../generated/protocol";
import { sectionsFor } from "./sections";

function element(type: Element["type"], more: Partial<WireElement> = {}): Element {
  const points = new Uint8Array();
  return resolve({
    type,
    id: "e",
    z: "a0",
    place: [0, 0, 1, 1, 0],
    points,
    ...more,
  } as WireElement);
}

describe("the rows of the style panel", () => {
  test("a tool that makes nothing has none", () => {
    expect(sectionsFor("select", [], false)).toEqual([]);
    expect(sectionsFor("eraser", [], false)).toEqual([]);
  });

  test("text has letters and no outline", () => {
    const rows = sectionsFor("text", [], false);
    expect(rows).toEqual(expect.arrayContaining(["textColor", "font", "size", "align"]));
    expect(rows).not.toContain("width");
    expect(rows).not.toContain("stroke");
  });

  test("the way of filling is asked for once there is a fill", () => {
    expect(sectionsFor("rectangle", [], false)).not.toContain("fillStyle");
    expect(sectionsFor("rectangle", [], true)).toContain("fillStyle");
  });

  test("what is selected counts, not the tool", () => {
    expect(sectionsFor("select", [element("note")], true)).toContain("paper");
    expect(sectionsFor("select", [element("note")], true)).not.toContain("fill");
  });

  test("different elements together have the rows of each", () => {
    const rows = sectionsFor("select", [element("arrow"), element("text")], false);
    expect(rows).toEqual(expect.arrayContaining(["stroke", "heads", "font"]));
    expect(rows).not.toContain("textColor");
  });

  test("a highlighter has its own ink and no opacity to choose", () => {
    const rows = sectionsFor("select", [element("freedraw", { brush: "highlighter" })], false);
    expect(rows).toEqual(["marker", "width"]);
  });
});
