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
