import fc from "fast-check";
import { expect, test } from "vitest";
import type { Note } from "../../generated/protocol";
import { element } from "../testing/samples";
import { fittedNote } from "./fitted";

/** In tests a letter is half as wide as high. */
function noteOf(text: string): Note {
  return { ...element("note"), text, fontSize: 20, lineHeight: 1.25 } as Note;
}

test("a note that has room keeps its size, and is not measured again", () => {
  const note = noteOf("a\nb\nc\nd");
  const fitted = fittedNote(note, 200, 100);
  expect(fitted.shown).toBe(note);
  expect(fitted.box.lines).toEqual(["a", "b", "c", "d"]);
  expect(fittedNote(note, 200, 100)).toBe(fitted);
});

test("its text shrinks until it fits", () => {
  const { shown, box } = fittedNote(noteOf("a\nb\nc\nd\ne"), 200, 100);
  expect(shown.fontSize).toBeCloseTo(20 * 0.9 ** 3);
  expect(box.lines).toHaveLength(5);
});

test("it spills over its paper only at its smallest, and no word is left out", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "W", " ", "\n"), maxLength: 300 });
  fc.assert(
    fc.property(text, fc.double({ min: 1, max: 300, noNaN: true }), (words, height) => {
      const { shown, box } = fittedNote(noteOf(words), 200, height);
      expect(box.lines.join("")).toBe(words.replaceAll("\n", ""));
      if (box.height > height + 0.011) expect(shown.fontSize).toBeCloseTo(20 * 0.9 ** 12);
    }),
  );
});
