import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_ORDER_KEY } from "../generated/limits";
import { Dice } from "../testing/dice";
import { vectors } from "../testing/vectors";
import { orderKeyBetween, orderKeysBetween } from "./order";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const foreignKey = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 12 })
  .map((letters) => letters.join(""));

describe("order keys", () => {
  it("[D8] lie strictly between their neighbours, in order, and end in no zero", () => {
    const dice = new Dice(7);
    let keys = orderKeysBetween(null, null, 3, dice.next);
    for (let round = 0; round < 300; round++) {
      const at = dice.below(keys.length + 1);
      const made = orderKeysBetween(
        keys[at - 1] ?? null,
        keys[at] ?? null,
        1 + dice.below(4),
        dice.next,
      );
      keys = [...keys.slice(0, at), ...made, ...keys.slice(at)];
    }
    expect([...keys].sort()).toEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[0-9A-Za-z]+[1-9A-Za-z]$/);
  });

  it("differ between people who insert at the same spot", () => {
    const keys = Array.from({ length: 4000 }, (_, seed) =>
      orderKeyBetween("a0", "a1", new Dice(seed).next),
    );
    expect(new Set(keys).size).toBe(4000);
  });

  it("stay short when one goes on top after the other", () => {
    const dice = new Dice(1);
    let top: string | null = null;
    for (let i = 0; i < 5000; i++) top = orderKeyBetween(top, null, dice.next);
    expect(top?.length).toBeLessThan(12);
  });

  it("never throw, never leave the alphabet and never leave their order, whatever the neighbours", () => {
    fc.assert(
      fc.property(
        fc.option(foreignKey, { nil: null }),
        fc.option(foreignKey, { nil: null }),
        fc.nat(20),
        fc.nat(),
        (a, b, count, seed) => {
          const keys = orderKeysBetween(a, b, count, new Dice(seed).next);
          expect(keys).toHaveLength(count);
          for (const key of keys) expect(key).toMatch(/^[0-9A-Za-z]{1,256}$/);
          expect([...keys].sort()).toEqual(keys);
          if (a !== null && b !== null && a >= b) return;
          for (const key of keys) {
            if (a !== null) expect(key >= a).toBe(true);
            if (b !== null) expect(key <= b).toBe(true);
          }
        },
      ),
    );
  });

  it("share the lowest key of all where nothing is below it", () => {
    expect(orderKeysBetween(null, "0", 1, new Dice(0).next)).toEqual(["0"]);
  });

  it("hold out 10,000 inserts into one gap within their length", () => {
    const dice = new Dice(3);
    let [a, b]: [string, string] = ["a0", "a1"];
    for (let i = 0; i < 10_000; i++) {
      const key = orderKeyBetween(a, b, dice.next);
      expect(key.length <= MAX_ORDER_KEY && key >= a && key <= b).toBe(true);
      if (dice.chance(0.5)) a = key;
      else b = key;
    }
  });

  it("of the library itself can be inserted between", () => {
    const { keys } = vectors<{ keys: readonly string[] }>("order");
    keys.slice(1).forEach((b, i) => {
      const a = keys[i] as string;
      const key = orderKeyBetween(a, b, new Dice(i).next);
      expect(a < key && key < b).toBe(true);
    });
  });
});
