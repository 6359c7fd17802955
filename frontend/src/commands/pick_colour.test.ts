import { describe, expect, test } from "vitest";
import { TestBoard, wire } from "../tools/testing/board";
import { COMMANDS } from "./registry";

const target = wire("rectangle", "target", [0, 0, 100, 100], {
  color: "#1971c2",
  fill: "#ffec99",
});
const other = wire("ellipse", "other", [300, 0, 100, 100]);

function board(): TestBoard {
  return new TestBoard([target, other, wire("note", "note", [500, 0, 100, 100])], COMMANDS);
}

describe("picking a colour", () => {
  test("takes the line's at the outline and the fill's inside, and shows it beforehand", () => {
    const b = board();
    b.editor.setTool("pen");
    b.key("i");
    b.move(50, 0);
    expect(b.stage.overlay).toContainEqual(
      expect.objectContaining({ kind: "swatch", colour: "#1971c2" }),
    );
    b.click(50, 0);
    expect(b.editor.style.value.color).toBe("#1971c2");
    expect(b.editor.tool.value).toBe("pen");
    expect(b.stage.overlay).toEqual([]);
    b.key("i");
    b.click(50, 50);
    expect(b.editor.style.value.color).toBe("#ffec99");
    expect(b.elements).toHaveLength(3);
  });

  test("gives it to what is selected, with Alt or Shift+I as its fill, in one step of undo", () => {
    const b = board();
    b.editor.select(["other"]);
    b.key("i");
    b.click(50, 0, { alt: true });
    expect(b.get("other")).toMatchObject({ fill: "#1971c2", color: "#1e1e1e" });
    b.editor.undo();
    expect(b.get("other")).toMatchObject({ fill: "#ffffff" });
    b.editor.select(["note"]);
    b.key("i");
    b.click(50, 50);
    expect(b.get("note")).toMatchObject({ fill: "#ffec99" });
    b.editor.select(["other"]);
    b.key("I", { shift: true });
    b.click(50, 50);
    expect(b.get("other")).toMatchObject({ fill: "#ffec99" });
    expect([...b.editor.selection.value]).toEqual(["other"]);
  });

  test("Esc and the empty board pick nothing", () => {
    const b = board();
    const before = b.editor.style.value;
    b.key("i");
    b.key("Escape");
    b.key("i");
    b.click(800, 700);
    expect(b.editor.style.value).toEqual(before);
    expect(b.editor.state.busy).not.toBe(true);
  });
});
