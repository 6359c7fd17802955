import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONG_ORDER_KEY, MAX_ORDER_KEY } from "../generated/limits";
import { Dice } from "../testing/dice";
import { report, sized } from "../testing/sized";
import { vectors } from "../testing/vectors";
import { orderKeyBetween, orderKeysAmong, orderKeysBetween } from "./order";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const foreignKey = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 12 })
  .map((letters) => letters.join(""));

const LONG = fc.integer({ min: 100, max: 256 }).map((length) => `a0${"V".repeat(length - 2)}`);

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

/** Inserts before `at` and gives new keys to whom it concerns; how many that are. */
function insert(keys: string[], at: number, count: number, dice: Dice): number {
  const { from, to, keys: made } = orderKeysAmong(keys, at, count, dice.next);
  keys.splice(from, to - from, ...made);
  return to - from;
}

function isAscending(keys: readonly string[]): boolean {
  return keys.every((key, i) => i === 0 || (keys[i - 1] as string) < key);
}

describe("keys among others", () => {
  it("[D8] S9 stay short and in their order when one gap is halved 10,000 times", () => {
    const dice = new Dice(9);
    const keys = orderKeysBetween(null, null, 2, dice.next);
    const inserts = sized(3_000, 10_000);
    let [at, renewed, most, longest] = [1, 0, 0, 0];
    for (let i = 0; i < inserts; i++) {
      const count = insert(keys, at, 1, dice);
      renewed += count;
      most = Math.max(most, count);
      longest = Math.max(longest, keys[at]?.length ?? 0);
      if (dice.chance(0.5)) at++;
    }
    expect(keys).toHaveLength(inserts + 2);
    expect(isAscending(keys)).toBe(true);
    expect(longest).toBeLessThanOrEqual(LONG_ORDER_KEY);
    expect(renewed).toBeGreaterThan(0);
    expect(renewed).toBeLessThan(2 * inserts);
    report("S9", "bisecting inserts", {
      inserts,
      longest_characters: longest,
      renewed,
      most_at_once: most,
    });
  });

  it("[D8] S9 find room between equal keys, and between keys of any make", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(foreignKey, fc.constantFrom("a0", "a0", "0", "zzz"), LONG), {
          maxLength: 12,
        }),
        fc.nat(),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (given, where, count, seed) => {
          const keys = given.toSorted();
          const at = where % (keys.length + 1);
          const { from, to, keys: made } = orderKeysAmong(keys, at, count, new Dice(seed).next);
          expect([from <= at, at <= to, made.length]).toEqual([true, true, to - from + count]);
          expect(isAscending(made)).toBe(true);
          for (const key of made) expect(key).toMatch(/^[0-9A-Za-z]{1,256}$/);
          if (from > 0) expect(made[0]! > keys[from - 1]!).toBe(true);
          if (to < keys.length) expect(made.at(-1)! < keys[to]!).toBe(true);
        },
      ),
      { numRuns: sized(500, 10_000) },
    );
  });

  it("[D8] S9 of people who insert into one gap at once keep each one's order, 4,000 from offline too", () => {
    for (let seed = 0; seed < sized(20, 200); seed++) {
      const dice = new Dice(seed);
      const keys = orderKeysBetween(null, null, 1 + dice.below(4), dice.next);
      if (dice.chance(0.5)) keys.push(...keys);
      keys.sort();
      const at = dice.below(keys.length + 1);
      const sizes = [1 + dice.below(50), 1 + dice.below(50), seed === 0 ? 4_000 : 1];
      for (const size of sizes) {
        const { from, keys: made } = orderKeysAmong(keys, at, size, dice.next);
        const own = made.slice(at - from, at - from + size);
        expect(own).toHaveLength(size);
        expect(isAscending(own)).toBe(true);
        expect(Math.max(...own.map((key) => key.length))).toBeLessThanOrEqual(LONG_ORDER_KEY);
      }
    }
  });
});
