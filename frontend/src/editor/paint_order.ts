import type { Element } from "../generated/protocol";

/** Bottom first: by `z`, then by `id`, in code unit order. */
export function comparePaintOrder(a: Element, b: Element): number {
  if (a.z !== b.z) return a.z < b.z ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

export function inPaintOrder(elements: Iterable<Element>): Element[] {
  return [...elements].sort(comparePaintOrder);
}
