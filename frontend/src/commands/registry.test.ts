import { describe, expect, test } from "vitest";
import type { Command } from "../editor/tool";
import { CommandRegistry } from "./command_registry";
import { COMMANDS } from "./registry";

const command = (id: string, keys: readonly string[], when?: Command["when"]): Command => ({
  id,
  name: id,
  keys,
  ...(when === undefined ? {} : { when }),
  enabled: () => true,
  run: () => {},
});

describe("no two commands claim a key in the same situation", () => {
  test("of all there are", () => {
    for (const selected of [true, false]) {
      const claims = COMMANDS.all
        .filter(({ when }) => when !== (selected ? "nothing-selected" : "selected"))
        .flatMap(({ keys }) => keys);
      expect(new Set(claims).size).toBe(claims.length);
    }
  });

  test("a second claim is an error at the start", () => {
    expect(() => new CommandRegistry([command("a", ["P"]), command("b", ["P"])])).toThrow(
      '"P" is claimed by "a" and by "b"',
    );
  });

  test("one key may mean two things when something and when nothing is selected", () => {
    const registry = new CommandRegistry([
      command("a", ["Alt+S"], "selected"),
      command("b", ["Alt+S"], "nothing-selected"),
    ]);
    expect(registry.forChord("Alt+S", true)?.id).toBe("a");
    expect(registry.forChord("Alt+S", false)?.id).toBe("b");
  });
});

/** The keys of the tools and commands that there are, as people know them. */
test.each([
  ["V", "tool-select"],
  ["1", "tool-select"],
  ["H", "tool-hand"],
  ["R", "tool-rectangle"],
  ["2", "tool-rectangle"],
  ["D", "tool-diamond"],
  ["G", "tool-triangle"],
  ["3", "tool-diamond"],
  ["O", "tool-ellipse"],
  ["4", "tool-ellipse"],
  ["A", "tool-arrow"],
  ["5", "tool-arrow"],
  ["L", "tool-line"],
  ["6", "tool-line"],
  ["P", "tool-pen"],
  ["X", "tool-pen"],
  ["7", "tool-pen"],
  ["Shift+P", "tool-highlighter"],
  ["T", "tool-text"],
  ["8", "tool-text"],
  ["E", "tool-eraser"],
  ["0", "tool-eraser"],
  ["N", "tool-note"],
  ["9", "tool-image"],
  ["Q", "keep-tool"],
  ["Ctrl+Z", "undo"],
  ["Ctrl+Shift+Z", "redo"],
  ["Ctrl+Y", "redo"],
  ["Ctrl+X", "cut"],
  ["Ctrl+C", "copy"],
  ["Ctrl+V", "paste"],
  ["Ctrl+Shift+V", "paste-plain"],
  ["Ctrl+D", "duplicate"],
  ["Ctrl+A", "select-all"],
  ["Escape", "escape"],
  ["Delete", "delete"],
  ["Backspace", "delete"],
  ["Ctrl+Plus", "zoom-in"],
  ["Ctrl+Minus", "zoom-out"],
  ["Ctrl+0", "zoom-reset"],
  ["Shift+0", "zoom-reset"],
  ["Shift+1", "zoom-to-fit"],
  ["Alt+1", "zoom-to-fit"],
  ["Shift+2", "zoom-to-selection"],
  ["Alt+2", "zoom-to-selection"],
  ["Ctrl+G", "group"],
  ["Ctrl+Shift+G", "ungroup"],
  ["]", "to-front"],
  ["[", "to-back"],
  ["Ctrl+]", "forward"],
  ["Ctrl+[", "backward"],
  ["Ctrl+Shift+L", "lock"],
  ["Shift+H", "flip-horizontally"],
  ["Shift+V", "flip-vertically"],
  ["Alt+A", "align-left"],
  ["Alt+H", "align-center"],
  ["Alt+D", "align-right"],
  ["Alt+W", "align-top"],
  ["Alt+V", "align-middle"],
  ["Alt+S", "align-bottom"],
  ["ArrowLeft", "nudge-left"],
  ["Shift+ArrowDown", "nudge-far-down"],
  ["Ctrl+'", "grid"],
  ["Enter", "edit-text"],
  ["Ctrl+Alt+C", "copy-style"],
  ["Ctrl+Alt+V", "paste-style"],
  ["Alt+Shift+D", "dark-mode"],
  ["?", "help"],
])("%s is %s", (chord, id) => {
  expect(COMMANDS.forChord(chord, true)?.id).toBe(id);
});
