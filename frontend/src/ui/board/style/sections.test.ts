import { describe, expect, test } from "vitest";
import { resolve } from "../../../document/wire_element";
import type { Element, TextElement, WireElement } from "../../../generated/protocol";
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
    expect(sectionsFor("hand", [], false)).toEqual([]);
  });

  test("pen and eraser say how they work, until something is selected", () => {
    expect(sectionsFor("eraser", [], false)).toEqual(["erases"]);
    expect(sectionsFor("pen", [], false)).toEqual(expect.arrayContaining(["steadies"]));
    expect(sectionsFor("eraser", [element("freedraw")], false)).not.toContain("erases");
  });

  test("text has letters and no outline", () => {
    const rows = sectionsFor("text", [], false);
    expect(rows).toEqual(expect.arrayContaining(["textColor", "font", "size", "align"]));
    expect(rows).not.toContain("width");
    expect(rows).not.toContain("stroke");
  });

  test("one picture can be described", () => {
    expect(sectionsFor("select", [element("image")], false)).toContain("name");
    const two = [element("image"), element("image")];
    expect(sectionsFor("select", two, false)).not.toContain("name");
    expect(sectionsFor("select", [element("frame")], false)).not.toContain("name");
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

  test("a shape with a label has the label's rows, a line's label no place to choose", () => {
    const label = (props: Partial<WireElement>) =>
      element("text", { container: "s", ...props }) as TextElement;
    const rows = ["font", "size", "align", "verticalAlign"];
    const shape = sectionsFor("select", [element("rectangle")], false, [
      label({ autoSize: false }),
    ]);
    expect(shape).toEqual(expect.arrayContaining(["stroke", ...rows]));
    const line = sectionsFor("select", [element("arrow")], false, [label({})]);
    expect(line).toEqual(expect.arrayContaining(rows.slice(0, 3)));
    expect(line).not.toContain("verticalAlign");
    expect(sectionsFor("select", [element("rectangle")], false)).not.toContain("font");
  });

  test("a highlighter has its own ink and no opacity to choose", () => {
    const rows = sectionsFor("select", [element("freedraw", { brush: "highlighter" })], false);
    expect(rows).toEqual(["marker", "width"]);
  });
});
