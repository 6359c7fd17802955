import { describe, expect, test } from "vitest";
import { CLIPBOARD_TYPE } from "../editor/clipboard_format";
import type { WireElement } from "../generated/protocol";
import { TestBoard } from "../tools/testing/board";
import { COMMANDS } from "./registry";

class Data {
  readonly kept = new Map<string, string>();
  getData(type: string): string {
    return this.kept.get(type) ?? "";
  }
  setData(type: string, data: string): void {
    this.kept.set(type, data);
  }
  /** What another browser gets of it: no types but those that all know. */
  abroad(): Data {
    const data = new Data();
    for (const [type, text] of this.kept) if (type.startsWith("text/")) data.setData(type, text);
    return data;
  }
}

const BOX: WireElement = { id: "box", type: "rectangle", z: "a0", place: [0, 0, 40, 40, 0] };
const NOTE = {
  id: "note",
  type: "note",
  z: "a1",
  place: [0, 0, 40, 40, 0],
  text: "<b> & ü",
} as const;

const boardOf = (...elements: WireElement[]) => new TestBoard(elements, COMMANDS);

function copied(board: TestBoard, ...ids: string[]): Data {
  board.editor.select(ids);
  const data = new Data();
  expect(board.editor.clipboard.copy(data)).toBe(true);
  return data;
}

describe("what was copied", () => {
  test.each(["box", "note"])("a %s reaches another browser whole", (id) => {
    const board = boardOf(BOX, NOTE);
    const there = boardOf();
    there.editor.clipboard.paste(copied(board, id).abroad());
    const { id: _, z: __, place: ___, ...rest } = board.get(id);
    expect(there.only).toMatchObject(rest);
  });

  test("is words for other programs, if it is nothing but words", () => {
    const data = copied(boardOf(BOX, NOTE), "note");
    expect(data.getData("text/plain")).toBe("<b> & ü");
    expect(data.getData("text/html")).toContain("&lt;b&gt; &amp; ü");
  });

  test("is what Excalidraw reads, if it is more", () => {
    const text = copied(boardOf(BOX, NOTE), "box", "note").getData("text/plain");
    const { type, elements } = JSON.parse(text);
    expect(type).toBe("excalidraw/clipboard");
    expect(elements.map((each: { type: string }) => each.type)).toEqual([
      "rectangle",
      "rectangle",
      "text",
    ]);
  });

  test("comes out of a menu as it is, though menus get only its text", async () => {
    const board = boardOf(NOTE);
    board.clipboardText = copied(board, "note").getData("text/plain");
    await board.editor.clipboard.pasteFromPlatform();
    expect(board.elements.map(({ type }) => type)).toEqual(["note", "note"]);
    await board.editor.clipboard.pasteFromPlatform(true);
    expect(board.elements.at(-1)).toMatchObject({ type: "text", text: "<b> & ü" });
  });

  test("without a copy of our own, a browser that says no is told", async () => {
    const board = boardOf();
    await board.editor.clipboard.pasteFromPlatform();
    expect(board.news).toEqual([{ kind: "clipboard-refused" }]);
    expect(board.elements).toEqual([]);
  });
});

describe("another program's elements", () => {
  const FOREIGN = '{"type":"excalidraw/clipboard","elements":[]}';

  test("are read by the server and land where they were pasted, as one step", async () => {
    const board = boardOf();
    board.converted = JSON.stringify({ type: CLIPBOARD_TYPE, version: 1, elements: [BOX, NOTE] });
    board.move(500, 300);
    expect(board.editor.clipboard.pasteString(FOREIGN)).toBe(true);
    board.move(900, 700);
    await Promise.resolve();
    expect(board.asked).toEqual([`convert ${FOREIGN}`]);
    expect(board.elements.map(({ place }) => place.slice(0, 2))).toEqual([
      [480, 280],
      [480, 280],
    ]);
    expect(board.editor.selection.value.size).toBe(2);
    board.editor.undo();
    expect(board.elements).toEqual([]);
  });

  test("that cannot be read leave the board as it is", async () => {
    const board = boardOf();
    board.editor.clipboard.pasteString(FOREIGN);
    await Promise.resolve();
    expect(board.elements).toEqual([]);
  });
});

describe("a pasted text", () => {
  test("that is a link leads there, and holds no key of this board", () => {
    const board = boardOf();
    board.editor.clipboard.pasteString(" https://example.org/b/x#k=key\n");
    expect(board.only).toMatchObject({ link: "https://example.org/b/x" });
  });

  test("with Shift is letters only, link or not", () => {
    const board = boardOf();
    const data = new Data();
    data.setData("text/plain", "https://example.org");
    board.editor.clipboard.plain = true;
    board.editor.clipboard.paste(data);
    expect(board.only).toMatchObject({ text: "https://example.org", link: "" });
  });

  test("is wrapped where a line would run off the screen", () => {
    const board = boardOf();
    board.editor.clipboard.pasteString("word ".repeat(200));
    expect(board.only).toMatchObject({ autoSize: false });
  });

  test("becomes a note for each line while notes are at hand, as one step", () => {
    const board = boardOf();
    board.editor.setTool("note");
    board.editor.clipboard.pasteString("one\n\ntwo\r\nthree");
    expect(board.elements.map((each) => [each.type, "text" in each && each.text])).toEqual([
      ["note", "one"],
      ["note", "two"],
      ["note", "three"],
    ]);
    expect(new Set(board.elements.map(({ place }) => place.join())).size).toBe(3);
    expect(new Set(board.elements.map(({ z }) => z)).size).toBe(3);
    board.editor.undo();
    expect(board.elements).toEqual([]);
  });
});
