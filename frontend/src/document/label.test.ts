import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_TITLE } from "../generated/limits";
import { vectors } from "../testing/vectors";
import { boundedOp } from "./bounded";
import { asLabel } from "./label";

describe("a label", () => {
  it("is what the server takes [D10]", () => {
    for (const [words, label] of vectors<readonly (readonly [string, string])[]>("labels")) {
      expect(asLabel(words, MAX_TITLE)).toBe(label);
    }
  });

  it("stays as it is once it is one, also where it was cut [D10]", () => {
    const words = fc.string({ unit: "binary", maxLength: 12 });
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 12 }), (some, length) => {
        const label = asLabel(some, length);
        expect(label.length).toBeLessThanOrEqual(length);
        expect(asLabel(label, length)).toBe(label);
        expect(label).not.toMatch(/[\p{Cc}\p{Surrogate}\u2028-\u202e\u2066-\u2069]/u);
      }),
    );
    expect(asLabel("half \ud83d", 9)).toBe("half \ufffd");
    expect(asLabel("cut \ud83d\ude00", 5)).toBe("cut \ufffd");
  });

  it("is made of titles and names, and not of texts [D10]", () => {
    expect(boundedOp(["title", "a\n\u202eb"])).toEqual(["title", "a b"]);
    expect(boundedOp(["set", "f", { name: "a\tb\0" }])).toEqual(["set", "f", { name: "a b " }]);
    expect(boundedOp(["set", "t", { text: "a\n\tb" }])).toEqual(["set", "t", { text: "a\n\tb" }]);
  });
});
