import { toWire } from "../document/wire_element";
import type { Binding, Element, Op } from "../generated/protocol";
import { translatePlace } from "../geometry/place";
import { inPaintOrder } from "../spatial/paint_order";

export interface DuplicateSource {
  newId(): string;
  /** That many order keys above everything. */
  keys(count: number): readonly string[];
}

export interface Duplicate {
  readonly ops: readonly Op[];
  readonly elements: readonly Element[];
  /** From the originals' ids to those of their copies. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * Copies of elements, `dx`, `dy` away and on top, in the order of the originals.
 *
 * Groups, frames, containers and bindings among them point at the copies; an arrow's end on something that is
 * not copied is free.
 */
export function duplicateOf(
  originals: readonly Element[],
  dx: number,
  dy: number,
  source: DuplicateSource,
): Duplicate {
  const sorted = inPaintOrder(originals);
  const ids = new Map(sorted.map(({ id }) => [id, source.newId()]));
  const groups = new Map<string, string>();
  for (const element of sorted) {
    for (const group of element.groups) {
      if (!groups.has(group)) groups.set(group, source.newId());
    }
  }
  const keys = source.keys(sorted.length);
  const elements = sorted.map((element, i) => {
    const copy = {
      ...element,
      id: ids.get(element.id) as string,
      z: keys[i] ?? element.z,
      place: translatePlace(element.place, dx, dy),
      groups: element.groups.map((group) => groups.get(group) ?? group),
      frame: ids.get(element.frame) ?? element.frame,
      locked: false,
    };
    if (copy.type === "text") copy.container = ids.get(copy.container) ?? "";
    if (copy.type === "line" || copy.type === "arrow") {
      return { ...copy, start: rebound(copy.start, ids), end: rebound(copy.end, ids) };
    }
    return copy;
  }) as Element[];
  return { ops: elements.map((element) => ["put", toWire(element)]), elements, ids };
}

function rebound(binding: Binding | null, ids: ReadonlyMap<string, string>): Binding | null {
  const to = binding === null ? undefined : ids.get(binding.to);
  return binding === null || to === undefined ? null : { ...binding, to };
}
