import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitLines, wrapLines } from "./wrap";

const measure = (text: string) => text.length * 10;

describe("wrapping", () => {
  it("breaks at spaces, which stay at the end of their line", () => {
    expect(wrapLines("the quick brown fox", 100, measure)).toEqual(["the quick ", "brown fox"]);
  });

  it("does not count spaces that hang over the edge", () => {
    expect(wrapLines("aaaaa     bbbbb", 50, measure)).toEqual(["aaaaa     ", "bbbbb"]);
  });

  it("breaks a word that is too long for a line between its letters", () => {
    expect(wrapLines("abcdefgh ij", 30, measure)).toEqual(["abc", "def", "gh ", "ij"]);
    expect(wrapLines("ab cdefgh", 30, measure)).toEqual(["ab ", "cde", "fgh"]);
  });

  it("keeps empty lines and every kind of line break", () => {
    expect(wrapLines("a\r\n\rb\n\nc", 100, measure)).toEqual(["a", "", "b", "", "c"]);
  });

  it("does not break what fits exactly", () => {
    expect(wrapLines("abcde", 50, measure)).toEqual(["abcde"]);
    expect(wrapLines("abcde", 49.995, measure)).toEqual(["abcde"]);
  });

  it("loses no letter, and makes no line wider than it may be", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "bb", " ", "\n", "𝒳", "é") });
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 200 }), (written, width) => {
        const lines = wrapLines(written, width, measure);
        expect(lines.join("")).toBe(splitLines(written).join(""));
        for (const line of lines) {
          // One letter stands alone, however wide it is.
          if ([...line.trimEnd()].length > 1) {
            expect(measure(line.trimEnd())).toBeLessThanOrEqual(width + 0.01);
          }
        }
      }),
    );
  });
});
