import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolve } from "../document/wire_element";
import type { WireElement } from "../generated/protocol";
import { Dice } from "../testing/dice";
import { vectors } from "../testing/vectors";
import { inPaintOrder, orderNumber } from "./paint_order";

const { cases } = vectors<{ cases: readonly { readonly elements: readonly WireElement[] }[] }>(
  "document",
);

describe("the order of painting", () => {
  it("[D8] S9 is the server's, by key and then by id, in whatever order elements came", () => {
    const dice = new Dice(5);
    let many = 0;
    for (const { elements } of cases) {
      const ids = elements.map(({ id }) => id);
      const shuffled = elements
        .map((wire) => ({ at: dice.next(), element: resolve(wire) }))
        .sort((a, b) => a.at - b.at)
        .map(({ element }) => element);
      expect(inPaintOrder(shuffled).map(({ id }) => id)).toEqual(ids);
      many += Number(ids.length > 2);
    }
    expect(many).toBeGreaterThan(5);
  });

  it("the numbers of keys are in the order of the keys", () => {
    const key = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.stringMatching(/^a[0-9A-Za-z~\u007f\u0080éz]{0,10}$/),
    );
    fc.assert(
      fc.property(key, key, (a, b) => {
        const difference = orderNumber(a) - orderNumber(b);
        if (difference !== 0) expect(difference < 0).toBe(a < b);
      }),
    );
    expect(orderNumber("a0")).toBeLessThan(orderNumber("a0V"));
    expect(orderNumber("aé")).toBeLessThan(orderNumber("b"));
    expect(orderNumber("a1")).toBeGreaterThan(orderNumber("a0zzzz"));
  });
});
