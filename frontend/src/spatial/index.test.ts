import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hits, paintBoundsOf } from "../elements/registry";
import { anyElement, element } from "../elements/testing/samples";
import type { Element } from "../generated/protocol";
import { boxOf, intersects } from "../geometry/box";
import { comparePaintOrder, inPaintOrder, SpatialIndex } from "./index";

type Step =
  | { readonly kind: "put"; readonly id: number; readonly element: Element }
  | { readonly kind: "remove"; readonly id: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("put" as const),
      id: fc.integer({ min: 0, max: 40 }),
      element: anyElement,
    }),
  },
  fc.record({ kind: fc.constant("remove" as const), id: fc.integer({ min: 0, max: 40 }) }),
);
const coordinate = fc.double({ min: -6000, max: 6000, noNaN: true });

/** Runs steps in change sets of several, as edits arrive, beside a plain map. */
function run(steps: readonly Step[], size: number): [SpatialIndex, Map<string, Element>] {
  const index = new SpatialIndex();
  const truth = new Map<string, Element>();
  for (let from = 0; from < steps.length; from += size) {
    const added: Element[] = [];
    const updated: { before: Element; after: Element }[] = [];
    const removed: Element[] = [];
    const seen = new Set<string>();
    for (const one of steps.slice(from, from + size)) {
      const id = `e${one.id}`;
      if (seen.has(id)) continue;
      seen.add(id);
      const before = truth.get(id);
      if (one.kind === "remove") {
        if (before !== undefined) removed.push(before);
        truth.delete(id);
        continue;
      }
      const after = { ...one.element, id, z: `a${one.id % 7}` };
      truth.set(id, after);
      if (before === undefined) added.push(after);
      else updated.push({ before, after });
    }
    index.apply({ added, updated, removed });
  }
  return [index, truth];
}

const ids = (elements: Iterable<Element>) => [...elements].map(({ id }) => id).sort();

describe("the spatial index", () => {
  it("finds what looking at every element finds", () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 120 }),
        fc.constantFrom(1, 5, 100),
        coordinate,
        coordinate,
        coordinate,
        coordinate,
        (steps, size, x0, y0, x1, y1) => {
          const [index, truth] = run(steps, size);
          const box = boxOf(x0, y0, x1, y1);
          const expected = [...truth.values()].filter((one) => intersects(paintBoundsOf(one), box));
          expect(ids(index.search(box))).toEqual(ids(expected));
          expect(index.count(box)).toBe(expected.length);
          expect(index.size).toBe(truth.size);
          for (const one of index.search(box)) expect(truth.get(one.id)).toBe(one);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("finds the topmost element that a point hits", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), coordinate, coordinate, (steps, x, y) => {
        const [index, truth] = run(steps, 8);
        // Points near to elements, or almost none would be hit.
        const near = [...truth.values()][0]?.place ?? [x, y];
        for (const [px, py] of [[x, y], near] as [number, number][]) {
          const expected = [...truth.values()]
            .filter((one) => hits(one, px, py, 5))
            .sort((a, b) => comparePaintOrder(b, a))[0];
          expect(index.topAt(px, py, 5)).toBe(expected);
        }
      }),
    );
  });

  it("finds what was moved with hundreds of others where it is now", () => {
    const at = (i: number, by: number) =>
      element("note", { id: `e${i}`, place: [i * 20 + by, by, 10, 10, 0] });
    const index = new SpatialIndex();
    const before = Array.from({ length: 300 }, (_, i) => at(i, 0));
    index.apply({ added: before, updated: [], removed: [] });
    const updated = before.slice(0, 200).map((one, i) => ({ before: one, after: at(i, 50_000) }));
    index.apply({ added: [], updated, removed: [] });
    expect(index.size).toBe(300);
    expect(ids(index.search(boxOf(-100, -100, 10_000, 100)))).toEqual(ids(before.slice(200)));
    expect(ids(index.search(boxOf(49_000, 49_000, 60_000, 51_000)))).toEqual(
      ids(before.slice(0, 200)),
    );
  });

  it("stops counting above the limit", () => {
    const puts = Array.from({ length: 200 }, (_, i): Step => {
      return { kind: "put", id: i, element: element("note", { place: [i, i, 10, 10, 0] }) };
    });
    const [index] = run(puts, 500);
    expect(index.count(boxOf(-1e6, -1e6, 1e6, 1e6), 50)).toBe(51);
  });
});

describe("paint order", () => {
  it("goes by z, then by id, both by code unit", () => {
    const make = (z: string, id: string) => element("note", { z, id });
    const sorted = inPaintOrder([
      make("a1", "b"),
      make("Zz", "c"),
      make("a1", "B"),
      make("a", "z"),
    ]);
    expect(sorted.map(({ z, id }) => z + id)).toEqual(["Zzc", "az", "a1B", "a1b"]);
  });
});
