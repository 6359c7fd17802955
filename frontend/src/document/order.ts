/**
 * Keys for the order on the board: strings between which there is always room.
 *
 * The scheme is that of the library fractional-indexing (David Greenspan, "Implementing Fractional Indexing"), with a
 * random tail, so that two people who insert at the same spot get different keys.
 */
import { BASE_62_DIGITS, generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import { LONG_ORDER_KEY, MAX_ORDER_KEY } from "../generated/limits";
import { type Random, randomLetters, systemRandom } from "./new_id";

/** 6 of 62 letters: 35 bits. */
const TAIL = 6;

/** A key between two others; null is the end. Never throws: see `orderKeysBetween`. */
export function orderKeyBetween(
  a: string | null,
  b: string | null,
  random: Random = systemRandom,
): string {
  return orderKeysBetween(a, b, 1, random)[0] as string;
}

/**
 * `count` keys between `a` and `b`, in order; null is the end.
 *
 * Where there is no room (equal keys, or keys that would grow over the limit), some are equal and the ids decide the
 * order. Keys of foreign make, which the library refuses, work too.
 */
export function orderKeysBetween(
  a: string | null,
  b: string | null,
  count: number,
  random: Random = systemRandom,
): string[] {
  if (a !== null && b !== null && a >= b) return new Array<string>(count).fill(a);
  return evenly(a, b, count).map((key, i, keys) => {
    const upper = keys[i + 1] ?? b;
    return withTail(key, upper, random).slice(0, MAX_ORDER_KEY);
  });
}

/** Keys for what comes in at one place of an order, and for what lies around it. */
export interface Room {
  /** The items from here, and before `to`, get new keys, too. */
  readonly from: number;
  readonly to: number;
  /** Of those before the place, the new ones, those after it. */
  readonly keys: readonly string[];
}

/**
 * Keys for `count` items that come in before `sorted[at]`, so that they come to lie exactly there.
 *
 * Keys grow by a letter with every six inserts into the same gap. Where they would grow long, or where equal keys
 * leave no gap, those next to it get new keys as well: no more of them than is needed for keys of half that length.
 */
export function orderKeysAmong(
  sorted: readonly string[],
  at: number,
  count: number,
  random: Random = systemRandom,
): Room {
  for (let reach = 0; ; reach = 2 * reach + 1) {
    const from = Math.max(0, at - reach);
    const to = Math.min(sorted.length, at + reach);
    const [low, high] = [sorted[from - 1] ?? null, sorted[to] ?? null];
    const keys = orderKeysBetween(low, high, to - from + count, random);
    const longest = reach === 0 ? LONG_ORDER_KEY : LONG_ORDER_KEY / 2;
    const isAll = from === 0 && to === sorted.length;
    if (isAll || (keys.every((key) => key.length <= longest) && ascends([low, ...keys, high]))) {
      return { from, to, keys };
    }
  }
}

function ascends(keys: readonly (string | null)[]): boolean {
  return keys.every((key, i) => {
    const before = keys[i - 1] ?? null;
    return key === null || before === null || before < key;
  });
}

function evenly(a: string | null, b: string | null, count: number): string[] {
  try {
    return generateNKeysBetween(a, b, count);
  } catch {
    return halving(a, b, count);
  }
}

function halving(a: string | null, b: string | null, count: number): string[] {
  if (count === 0) return [];
  const middle = plainBetween(a, b);
  const below = Math.floor((count - 1) / 2);
  return [...halving(a, middle, below), middle, ...halving(middle, b, count - 1 - below)];
}

function withTail(key: string, upper: string | null, random: Random): string {
  let stem = key;
  // A tail keeps a key below `upper` unless the key is how `upper` begins.
  while (upper?.startsWith(stem)) {
    const next = between(stem, upper);
    if (next <= stem || next >= upper) return key;
    stem = next;
  }
  let tail = randomLetters(TAIL, random);
  // The library takes no key that ends with its zero.
  if (tail.endsWith("0")) tail = `${tail.slice(0, -1)}V`;
  return stem + tail;
}

function between(a: string, b: string): string {
  try {
    return generateKeyBetween(a, b);
  } catch {
    return plainBetween(a, b);
  }
}

/** Between any two strings of the alphabet, read as digits after the point; `a` where there is nothing between. */
function plainBetween(a: string | null, b: string | null): string {
  const low = a ?? "";
  let key = "";
  let bounded = b !== null;
  for (let i = 0; ; i++) {
    const from = digitAt(low, i, 0);
    const to = bounded ? digitAt(b as string, i, 0) : BASE_62_DIGITS.length;
    if (to - from > 1) return key + BASE_62_DIGITS[Math.floor((from + to) / 2)];
    // Below the lowest key there is nothing: equal to it, and the id decides.
    if (bounded && i >= (b as string).length) return low || (b as string);
    key += BASE_62_DIGITS[from];
    // Once below b in some digit, every further digit is free.
    if (from < to) bounded = false;
  }
}

function digitAt(text: string, i: number, missing: number): number {
  return i < text.length ? BASE_62_DIGITS.indexOf(text[i] as string) : missing;
}
