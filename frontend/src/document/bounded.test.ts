import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_TEXT } from "../generated/limits";
import { type Op, PROPERTIES, type Props } from "../generated/protocol";
import { vectors } from "../testing/vectors";
import { BOUNDS, boundedElement, boundedOp } from "./bounded";
import { resolve } from "./wire_element";

const { bounds, types } = vectors<{
  bounds: Readonly<Record<string, readonly [number, number]>>;
  types: Readonly<Record<string, readonly string[]>>;
}>("bounds");

describe("bounds", () => {
  it("are the server's", () => {
    expect(BOUNDS).toEqual(bounds);
    const named = Object.entries(PROPERTIES).map(([type, names]) => [
      type,
      ["id", ...names].sort(),
    ]);
    expect(Object.fromEntries(named)).toEqual(types);
  });

  it("hold whatever an op says", () => {
    const anything = fc.anything({ withBigInt: false });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...allNames()), anything), (props) => {
        const op = boundedOp(["set", "a", props as Props]);
        if (op === undefined) return;
        expect(op[0]).toBe("set");
        const { place, opacity, seed, text } = op[2] as Props;
        if (place !== undefined) {
          expect(place).toHaveLength(5);
          for (const value of place) expect(Math.abs(value)).toBeLessThanOrEqual(1e7);
        }
        if (opacity !== undefined) expect(opacity).toBeGreaterThanOrEqual(0);
        if (seed !== undefined) expect(Number.isInteger(seed)).toBe(true);
        if (text !== undefined) expect(text.length).toBeLessThanOrEqual(MAX_TEXT);
      }),
    );
  });

  it.each([
    [{ place: [1e9, -1e9, 1, 1, 0] }, { place: [1e7, -1e7, 1, 1, 0] }],
    [{ place: [0, 0, 1, 1, 3 * Math.PI] }, { place: [0, 0, 1, 1, Math.PI] }],
    [{ place: [0, Number.NaN, 1, 1, 0] }, undefined],
    [{ opacity: -1 }, { opacity: 0 }],
    [{ color: "red" }, undefined],
    [{ link: "javascript:alert(1)", locked: true }, { locked: true }],
    [{ link: "https://example.org/" }, { link: "https://example.org/" }],
    [{ text: "a\ud800b" }, { text: "a\ufffdb" }],
    [{ text: "pair \ud83d\ude00" }, { text: "pair \ud83d\ude00" }],
    [{ start: { to: "b", focus: 1e9, gap: Number.NaN } }, { start: { to: "b", focus: 100 } }],
    [{ start: null }, { start: null }],
    [{ unknown: 1 }, undefined],
  ])("make %j into %j", (props, expected) => {
    const op = boundedOp(["set", "a", props as unknown as Props]);
    if (expected === undefined) expect(op).toBeUndefined();
    else {
      expect(op?.[0] === "set" && Object.keys(op[2])).toEqual(Object.keys(expected));
      expect(JSON.stringify(rounded(op?.[2]))).toBe(JSON.stringify(rounded(expected)));
    }
  });

  it("do not cut a pair in half where a text is too long", () => {
    const op = boundedOp(["title", `${"x".repeat(199)}\ud83d\ude00`]);
    expect(op).toEqual(["title", `${"x".repeat(199)}\ufffd`]);
  });

  it("leave nothing of an element without its place", () => {
    const wire = { type: "rectangle", id: "a", place: [0, 0, 1], z: "a0" } as unknown;
    expect(boundedOp(["put", wire] as unknown as Op)).toBeUndefined();
  });

  it("leave every good element as it is", () => {
    const { elements } = vectors<{ elements: readonly { wire: never }[] }>("canonical");
    for (const { wire } of elements) {
      const bounded = boundedElement(wire);
      expect(bounded && resolve(bounded)).toEqual(resolve(wire));
    }
  });
});

function allNames(): string[] {
  return [...new Set(Object.values(PROPERTIES).flat())];
}

function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, item: unknown) =>
    typeof item === "number" ? Math.round(item * 1e9) / 1e9 : item,
  );
}
