import type { Element } from "../generated/protocol";

/** Below zero when `a` is painted before `b`: by `z`, then by id, both by code unit. */
export function comparePaintOrder(a: Element, b: Element): number {
  if (a.z !== b.z) return a.z < b.z ? -1 : 1;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return 0;
}

/** The same elements, lowest first. */
export function inPaintOrder(elements: Iterable<Element>): Element[] {
  return [...elements].sort(comparePaintOrder);
}

/** Letters of an order key that fit a whole number: seven bits each. */
const LETTERS = 7;
const LARGEST = 127;

/**
 * A number for the beginning of an order key: where the numbers of two keys differ, the keys are in the same order.
 * Thousands of numbers are compared in the time of a few hundred strings.
 */
export function orderNumber(z: string): number {
  let number = 0;
  let open = true;
  for (let i = 0; i < LETTERS; i++) {
    const code = open && i < z.length ? z.charCodeAt(i) : 0;
    // Beyond ASCII nothing can be told apart here, nor what follows it.
    if (code >= LARGEST) open = false;
    number = number * (LARGEST + 1) + Math.min(code, LARGEST);
  }
  return number;
}
