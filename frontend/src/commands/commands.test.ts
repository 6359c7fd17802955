import { describe, expect, test } from "vitest";
import { decodePoints } from "../geometry/points";
import { inPaintOrder } from "../spatial/paint_order";
import { TestBoard, wire } from "../tools/testing/board";
import { COMMANDS } from "./registry";

const square = (id: string, x: number, y = 0, z = "a0", props = {}) =>
  wire("rectangle", id, [x, y, 50, 50], { z: `${z}${id}`, ...props });

function boardOf(...elements: ReturnType<typeof wire>[]): TestBoard {
  return new TestBoard(elements, COMMANDS);
}

function order(board: TestBoard): string {
  return board.elements
    .sort((a, b) => (a.z < b.z ? -1 : a.z > b.z ? 1 : 0))
    .map(({ id }) => id)
    .join("");
}

describe("keys", () => {
  test("a letter takes a tool, with CapsLock as without", () => {
    const board = boardOf();
    board.key("r");
    expect(board.editor.tool.value).toBe("rectangle");
    board.key("E");
    expect(board.editor.tool.value).toBe("eraser");
  });

  test("Q keeps the tool after one use", () => {
    const board = boardOf();
    board.key("r");
    board.key("q");
    board.drag([0, 0], [50, 50]);
    expect(board.editor.tool.value).toBe("rectangle");
  });

  test("letters do nothing while a text is being typed", () => {
    const board = boardOf();
    board.key("t");
    board.click(100, 100);
    expect(board.key("r")).toBe(false);
    expect(board.editor.tool.value).toBe("text");
  });

  test("Ctrl+Z undoes and Ctrl+Shift+Z redoes", () => {
    const board = boardOf();
    board.key("r");
    board.drag([0, 0], [50, 50]);
    board.key("z", { ctrl: true });
    expect(board.elements).toEqual([]);
    board.key("Z", { ctrl: true, shift: true });
    expect(board.elements).toHaveLength(1);
  });

  test("Ctrl+C goes through to the browser, whose copy event does it", () => {
    const board = boardOf(square("a", 0));
    board.editor.select(["a"]);
    expect(board.key("c", { ctrl: true })).toBe(false);
  });

  test("Esc goes back one step at a time: tool, selection", () => {
    const board = boardOf(square("a", 0));
    board.editor.select(["a"]);
    board.key("h");
    board.key("Escape");
    expect(board.editor.tool.value).toBe("select");
    expect(board.editor.selection.value.size).toBe(1);
    board.key("Escape");
    expect(board.editor.selection.value.size).toBe(0);
  });

  test("Space and a drag pan with any tool, and the tool is the same afterwards", () => {
    const board = boardOf();
    board.key("p");
    board.key(" ");
    board.drag([100, 100], [150, 120]);
    board.release(" ");
    expect(board.elements).toEqual([]);
    expect(board.stage.camera.x).toBe(-50);
    expect(board.stage.camera.y).toBe(-20);
    expect(board.editor.tool.value).toBe("pen");
  });
});

describe("selection", () => {
  test("Delete removes the selection as one step of undo", () => {
    const board = boardOf(square("a", 0), square("b", 100));
    board.key("a", { ctrl: true });
    board.key("Delete");
    expect(board.elements).toEqual([]);
    board.key("z", { ctrl: true });
    expect(board.elements).toHaveLength(2);
    expect([...board.editor.selection.value].sort()).toEqual(["a", "b"]);
  });

  test("locked elements are neither deleted nor moved", () => {
    const board = boardOf(square("a", 0), square("b", 100));
    board.editor.select(["a"]);
    board.key("L", { ctrl: true, shift: true });
    board.editor.select(["a", "b"]);
    board.key("ArrowRight");
    board.key("Delete");
    expect(board.elements.map(({ id, place }) => [id, place[0]])).toEqual([["a", 0]]);
  });

  test("the menu on a locked element offers to unlock it", () => {
    const board = boardOf(square("a", 0, 0, "a0", { locked: true }));
    board.click(25, 25, { button: 2 });
    expect([...board.editor.selection.value]).toEqual(["a"]);
    board.editor.run("lock");
    expect(board.get("a").locked).toBe(false);
  });

  test("duplicate puts copies beside the originals and selects them", () => {
    const board = boardOf(square("a", 0));
    board.editor.select(["a"]);
    board.key("d", { ctrl: true });
    const copy = board.elements.find(({ id }) => id !== "a");
    expect(copy?.place).toEqual([20, 20, 50, 50, 0]);
    expect([...board.editor.selection.value]).toEqual([copy?.id]);
  });

  test("arrow keys move by 1 and with Shift by 10; quick presses are one step of undo", () => {
    const board = boardOf(square("a", 0));
    board.editor.select(["a"]);
    board.key("ArrowRight");
    board.key("ArrowDown", { shift: true });
    expect(board.get("a").place).toEqual([1, 10, 50, 50, 0]);
    board.key("z", { ctrl: true });
    expect(board.get("a").place).toEqual([0, 0, 50, 50, 0]);
  });
});

describe("order", () => {
  const pile = () =>
    boardOf(square("a", 0, 0, "a1"), square("b", 10, 0, "a2"), square("c", 20, 0, "a3"));

  test("to front and to back", () => {
    const board = pile();
    board.editor.select(["a"]);
    board.key("]");
    expect(order(board)).toBe("bca");
    board.key("[");
    expect(order(board)).toBe("abc");
  });

  test("S9 forward and backward pass one at a time also where order keys are equal", () => {
    const board = boardOf(...["a", "b", "c", "d"].map((id) => square(id, 0, 0, "", { z: "a0" })));
    const painted = () =>
      inPaintOrder(board.elements)
        .map(({ id }) => id)
        .join("");
    board.editor.select(["b"]);
    board.key("]", { ctrl: true });
    expect(painted()).toBe("acbd");
    board.key("[", { ctrl: true });
    board.key("[", { ctrl: true });
    expect(painted()).toBe("bacd");
    board.key("z", { ctrl: true });
    board.key("z", { ctrl: true });
    board.key("z", { ctrl: true });
    expect(painted()).toBe("abcd");
  });

  test("forward and backward pass the next that overlaps", () => {
    const board = pile();
    board.replica.arrive(["put", square("d", 900, 0, "a1V")]);
    board.editor.select(["a"]);
    board.key("]", { ctrl: true });
    expect(order(board)).toBe("dbac");
    board.key("[", { ctrl: true });
    board.key("[", { ctrl: true });
    expect(order(board).replace("d", "")).toBe("abc");
  });
});

describe("arrange", () => {
  test("align left brings all to the leftmost edge", async () => {
    const board = boardOf(square("a", 10), square("b", 100, 100));
    board.editor.select(["a", "b"]);
    await COMMANDS.get("align-left")?.run(board.editor);
    expect(board.get("b").place[0]).toBe(10);
  });

  test("distribute makes the gaps equal", async () => {
    const board = boardOf(square("a", 0), square("b", 60), square("c", 200));
    board.editor.select(["a", "b", "c"]);
    await COMMANDS.get("distribute-horizontally")?.run(board.editor);
    expect(board.get("b").place[0]).toBe(100);
  });

  test("flip mirrors about the middle of the selection", async () => {
    const board = boardOf(square("a", 0), square("b", 100));
    board.editor.select(["a", "b"]);
    await COMMANDS.get("flip-horizontally")?.run(board.editor);
    expect(board.get("a").place).toEqual([100, 0, 50, 50, 0]);
    expect(board.get("b").place).toEqual([0, 0, 50, 50, 0]);
  });
});

describe("view", () => {
  test("zoom to fit shows everything, no larger than at 100 %", () => {
    const board = boardOf(square("a", 0), square("b", 1950, 1950));
    board.editor.run("zoom-to-fit");
    const { camera } = board.stage;
    expect(camera.x).toBeLessThan(0);
    expect((2000 - camera.x) * camera.zoom).toBeLessThan(1000);
    expect((2000 - camera.y) * camera.zoom).toBeLessThan(800);
    board.editor.select(["a"]);
    board.editor.run("zoom-to-selection");
    expect(camera.zoom).toBe(1);
  });

  test("somebody who may only look can zoom but not draw", () => {
    const board = boardOf(square("a", 0));
    board.editor.readOnly.value = true;
    board.key("r");
    expect(board.editor.tool.value).toBe("select");
    board.drag([25, 25], [200, 200]);
    board.key("Delete");
    expect(board.get("a").place[0]).toBe(0);
    board.key("+", { ctrl: true });
    expect(board.stage.camera.zoom).toBe(1.25);
  });
});

describe("clipboard", () => {
  class Data {
    readonly kept = new Map<string, string>();
    getData(type: string): string {
      return this.kept.get(type) ?? "";
    }
    setData(type: string, data: string): void {
      this.kept.set(type, data);
    }
  }

  test("what was copied can be pasted on another board, with its ink", () => {
    const here = boardOf();
    here.key("p");
    here.drag([0, 0], [40, 40]);
    const stroke = here.only;
    here.editor.setTool("select");
    here.editor.select([stroke.id]);
    const data = new Data();
    expect(here.editor.clipboard.copy(data)).toBe(true);
    const there = boardOf();
    there.move(500, 300);
    expect(there.editor.clipboard.paste(data)).toBe(true);
    const copy = there.only;
    expect(copy.id).not.toBe(stroke.id);
    expect(copy.type === "freedraw" && decodePoints(copy.points)).toEqual(
      stroke.type === "freedraw" && decodePoints(stroke.points),
    );
    // Its middle lies under the pointer.
    expect([copy.place[0], copy.place[1]]).toEqual([480, 280]);
  });

  test("cut takes away what it copied", () => {
    const board = boardOf(square("a", 0));
    board.editor.select(["a"]);
    const data = new Data();
    board.editor.clipboard.cut(data);
    expect(board.elements).toEqual([]);
    board.editor.clipboard.paste(data);
    expect(board.elements).toHaveLength(1);
  });

  test("pasted text becomes a text", () => {
    const board = boardOf();
    const data = new Data();
    data.setData("text/plain", "two\r\nlines\n");
    board.editor.clipboard.paste(data);
    expect(board.only).toMatchObject({ type: "text", text: "two\nlines" });
  });

  test.each([
    ["a word that no type knows", { dash: "wobbly" }, { dash: "solid" }],
    ["a number out of all bounds", { opacity: 1e300 }, { opacity: 1 }],
    ["a link that could run", { link: "javascript:alert(1)" }, { link: "" }],
    ["a property that there is not", { onclick: "x" }, {}],
  ])("%s on the clipboard does not reach the board", (_, props, expected) => {
    const board = boardOf();
    const elements = [{ ...square("a", 0), ...props }];
    const type = "application/vnd.inkwire+json";
    board.editor.clipboard.pasteString(JSON.stringify({ type, version: 1, elements }));
    expect(board.only).toMatchObject(expected);
    expect(board.only).not.toHaveProperty("onclick");
  });

  test("rubbish that looks like ours is refused without a throw", () => {
    const board = boardOf();
    const type = "application/vnd.inkwire+json";
    for (const elements of [
      null,
      7,
      [null],
      [{ type: "rectangle" }],
      [{ type: "freedraw", id: "x", points: "%" }],
    ]) {
      board.editor.clipboard.pasteString(JSON.stringify({ type, elements }));
    }
    expect(board.elements.every(({ type }) => type === "text")).toBe(true);
  });
});

test("copy style and paste style carry the look, not the place", () => {
  const board = boardOf(
    square("a", 0, 0, "a0", { color: "#ff0000", dash: "dotted" }),
    square("b", 100),
  );
  board.editor.select(["a"]);
  board.editor.run("copy-style");
  board.editor.select(["b"]);
  board.editor.run("paste-style");
  expect(board.get("b")).toMatchObject({
    color: "#ff0000",
    dash: "dotted",
    place: [100, 0, 50, 50, 0],
  });
});
