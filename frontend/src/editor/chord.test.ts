import { describe, expect, test } from "vitest";
import { chordOf, type KeyPress } from "./chord";

function press(key: string, code: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe("the name of a key press", () => {
  test("CapsLock does not change a letter's name", () => {
    expect(chordOf(press("P", "KeyP"), false)).toBe("P");
    expect(chordOf(press("p", "KeyP"), false)).toBe("P");
  });

  test("CapsLock with Shift is still Shift and the letter", () => {
    expect(chordOf(press("p", "KeyP", { shiftKey: true }), false)).toBe("Shift+P");
  });

  test("Cmd on a Mac is Ctrl, and Ctrl on a Mac is nothing's key", () => {
    expect(chordOf(press("z", "KeyZ", { metaKey: true }), true)).toBe("Ctrl+Z");
    expect(chordOf(press("z", "KeyZ", { ctrlKey: true }), true)).toBe("Meta+Z");
    expect(chordOf(press("z", "KeyZ", { ctrlKey: true, shiftKey: true }), false)).toBe(
      "Ctrl+Shift+Z",
    );
  });

  test("Option on a Mac and a Cyrillic layout keep the key's own letter", () => {
    expect(chordOf(press("å", "KeyA", { altKey: true }), true)).toBe("Alt+A");
    expect(chordOf(press("з", "KeyP"), false)).toBe("P");
    expect(chordOf(press("я", "KeyZ", { ctrlKey: true }), false)).toBe("Ctrl+Z");
  });

  test("a shifted digit is Shift and the digit", () => {
    expect(chordOf(press("!", "Digit1", { shiftKey: true }), false)).toBe("Shift+1");
    expect(chordOf(press(")", "Digit0", { shiftKey: true }), false)).toBe("Shift+0");
  });

  test("a French keyboard's digits need Shift and are digits all the same", () => {
    expect(chordOf(press("1", "Digit1", { shiftKey: true }), false)).toBe("Shift+1");
    expect(chordOf(press("&", "Digit1"), false)).toBe("&");
  });

  test("signs carry their own Shift", () => {
    expect(chordOf(press("?", "Slash", { shiftKey: true }), false)).toBe("?");
    expect(chordOf(press("+", "Equal", { shiftKey: true, ctrlKey: true }), false)).toBe(
      "Ctrl+Plus",
    );
    expect(chordOf(press("-", "Minus", { ctrlKey: true }), false)).toBe("Ctrl+Minus");
  });

  test("named keys keep their Shift", () => {
    expect(chordOf(press("ArrowLeft", "ArrowLeft", { shiftKey: true }), false)).toBe(
      "Shift+ArrowLeft",
    );
    expect(chordOf(press("Escape", "Escape"), false)).toBe("Escape");
  });
});
