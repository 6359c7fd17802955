import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTransparent, themed } from "./colours";

describe("colours", () => {
  it("are as they are in the light theme", () => {
    expect(themed("#12abef", "light")).toBe("#12abef");
  });

  it("turn light and dark around but keep their hue in the dark theme", () => {
    // Checked against Chromium's own filter, invert(93%) hue-rotate(180deg).
    expect(themed("#ffffff", "dark")).toBe("#121212");
    expect(themed("#000000", "dark")).toBe("#ededed");
    expect(themed("#1e1e1e80", "dark")).toBe("#d3d3d380");
    expect(themed("transparent", "dark")).toBe("transparent");
  });

  it("of papers can be told apart, and of highlighters add light, in the dark theme", () => {
    expect(themed("#fff3bf", "dark", "paper")).toBe("#5e5330");
    expect(themed("#fff3bf", "light", "paper")).toBe("#fff3bf");
    expect(themed("#ffd43b", "dark", "marker")).toBe("#ffd43b");
    expect(themed("#1e1e1e80", "dark", "marker")).toBe("#d3d3d380");
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
