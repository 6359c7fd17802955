import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../../commands/registry";
import { TestBoard } from "../../../tools/testing/board";
import type { BoardModel, Editing } from "../board_model";
import { entriesOf, sectionsOf } from "./entries";
import { recentCommands, rememberCommand } from "./recent";

const BOX = { id: "box1", type: "rectangle", z: "a0", place: [0, 0, 10, 10, 0] } as const;

function entries(board: TestBoard) {
  const editing = { editor: board.editor, commands: COMMANDS.all } as unknown as Editing;
  return entriesOf(editing, {} as BoardModel);
}

const idsOf = (board: TestBoard, query = "", recent: readonly string[] = []) =>
  sectionsOf(entries(board), query, recent).flatMap((section) =>
    section.entries.map(({ id }) => id),
  );

describe("the palette", () => {
  test("shows only what can be done, while nothing is asked", () => {
    const board = new TestBoard([BOX], COMMANDS);
    expect(idsOf(board)).not.toContain("duplicate");
    board.editor.select(["box1"]);
    expect(idsOf(board)).toContain("duplicate");
  });

  test("shows what was used last before everything else, and nothing twice", () => {
    const board = new TestBoard([BOX], COMMANDS);
    const ids = idsOf(board, "", ["grid", "no-such-command", "tool-pen"]);
    expect(ids.slice(0, 2)).toEqual(["grid", "tool-pen"]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("finds what cannot be done now, too, at the end and with the reason", () => {
    const board = new TestBoard([BOX], COMMANDS);
    const [found] = sectionsOf(entries(board), "zoom", []);
    expect(found?.entries.at(-1)).toMatchObject({
      id: "zoom-to-selection",
      unavailable: "Select something first",
    });
    const [grouping] = sectionsOf(entries(board), "group", []);
    expect(grouping?.entries.find(({ id }) => id === "group")?.unavailable).toBe(
      "Select two or more first",
    );
  });

  test("tells somebody who may only look that it is the link", () => {
    const board = new TestBoard([BOX], COMMANDS);
    board.editor.readOnly.value = true;
    board.editor.select(["box1"]);
    const [found] = sectionsOf(entries(board), "delete", []);
    expect(found?.entries[0]?.unavailable).toBe("Not while you only look");
  });

  test("offers every command that has a key, but the arrow keys and itself", () => {
    const board = new TestBoard([BOX], COMMANDS);
    const ids = new Set(entries(board).map(({ id }) => id));
    const missing = COMMANDS.all.filter(({ id }) => !ids.has(id)).map(({ id }) => id);
    expect(missing.filter((id) => !id.startsWith("nudge-"))).toEqual(["escape", "palette"]);
  });
});

test("the five commands used last are remembered, each once", () => {
  const { memory } = new TestBoard().editor.ports;
  for (const id of ["a", "b", "a", "c", "d", "e", "f"]) rememberCommand(memory, id);
  expect(recentCommands(memory)).toEqual(["f", "e", "d", "c", "a"]);
});
