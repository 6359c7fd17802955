import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vectors } from "../testing/vectors";
import { FILLS, GRID, INKS, PAPERS } from "../theme/palette";
import { isTransparent, themed } from "./colours";

/** WCAG 2.2's contrast ratio. */
function contrast(one: string, other: string): number {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright! + 0.05) / (dim! + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

describe("colours", () => {
  it("are as they are in the light theme", () => {
    expect(themed("#12abef", "light")).toBe("#12abef");
  });

  it("turn light and dark around in the dark theme", () => {
    expect(themed("#ffffff", "dark")).toBe("#121212");
    expect(themed("#000000", "dark")).toBe("#ededed");
    expect(themed("#1e1e1e80", "dark")).toBe("#d0d0d080");
    expect(themed("transparent", "dark")).toBe("transparent");
    expect(themed("#fff3bf", "light", "paper")).toBe("#fff3bf");
  });

  it("are those of the exports", () => {
    for (const [colour, ink, paper, marker] of vectors<[string, string, string, string][]>(
      "colours",
    )) {
      expect([
        themed(colour, "dark"),
        themed(colour, "dark", "paper"),
        themed(colour, "dark", "marker"),
      ]).toEqual([ink, paper, marker]);
    }
  });

  it("that are offered can be read on, seen on the board and told apart in the dark theme", () => {
    const board = themed("#ffffff", "dark");
    const words = themed(INKS[0]!.color, "dark");
    const fills = FILLS.slice(1).map(({ color }) => themed(color, "dark"));
    const papers = PAPERS.map(({ color }) => themed(color, "dark", "paper"));
    for (const under of [...fills, ...papers]) {
      expect(contrast(words, under), under).toBeGreaterThan(4.5);
      expect(contrast(board, under), under).toBeGreaterThan(1.5);
    }
    for (const { color } of INKS)
      expect(contrast(themed(color, "dark"), board), color).toBeGreaterThan(4.5);
    expect(new Set([...fills, ...papers]).size).toBe(fills.length + papers.length);
    const grid = GRID.flatMap((row) => row.colors.map((color) => themed(color, "dark")));
    expect(new Set(grid).size).toBe(grid.length);
  });

  it("stay colours", () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte), (bytes) => {
        const hex = `#${bytes.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
        expect(themed(hex, "dark")).toMatch(/^#[0-9a-f]{6}$/);
      }),
    );
  });

  it("are transparent by name or by alpha", () => {
    expect(["transparent", "#12345600", "#000000", "#12345601"].map(isTransparent)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
