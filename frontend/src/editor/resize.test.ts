import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolve } from "../document/wire_element";
import type { Element, ElementType, Place, WireElement } from "../generated/protocol";
import { encodePoints } from "../geometry/points";
import { type Held, stretchedPlace, stretchesFreely, stretchTo } from "./resize";
import {
  boxOf,
  centreOf,
  cornersOf,
  distance,
  HANDLES,
  type Handle,
  pointIn,
  selectionBoxOf,
  sharesOf,
} from "./selection_box";

/** Opposite corners stay put, for any place, any handle and any pointer. */

const STROKE = encodePoints(
  [
    { x: -10, y: 5, pressure: 0.5, time: 0 },
    { x: 40, y: 65, pressure: 0.5, time: 0 },
    { x: 80, y: -15, pressure: 0.5, time: 0 },
  ],
  { shift: 4 },
);

const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true });
const extent = fc.oneof(
  fc.double({ min: 2, max: 2000, noNaN: true }),
  fc.double({ min: -2000, max: -2, noNaN: true }),
);
const angle = fc.oneof(
  fc.constantFrom(0, Math.PI / 2, Math.PI, -Math.PI / 2),
  fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
);

function place(type: ElementType): fc.Arbitrary<Place> {
  const scale = type === "freedraw" ? fc.double({ min: 0.1, max: 20, noNaN: true }) : extent;
  return fc.tuple(coordinate, coordinate, scale, scale, angle);
}

const anElement: fc.Arbitrary<Element> = fc
  .constantFrom<ElementType>("rectangle", "freedraw", "image")
  .chain((type) =>
    place(type).map((at) =>
      resolve({
        type,
        id: "e",
        z: "a0",
        place: at,
        ...(type === "freedraw" ? { points: STROKE } : {}),
      } as WireElement),
    ),
  );
const aHandle = fc.constantFrom<Handle>(...HANDLES);
const aPointer = fc.record({ x: coordinate, y: coordinate });
const someKeys: fc.Arbitrary<Held> = fc.record({ ratio: fc.boolean(), centre: fc.boolean() });

function resized(
  element: Element,
  handle: Handle,
  to: { x: number; y: number },
  held: Held,
): Element {
  const stretch = stretchTo(boxOf(element), handle, to, held);
  return { ...element, place: stretchedPlace(element, stretch) } as Element;
}

/** How far the nearest corner of `element` is from a point. */
function awayFrom(element: Element, point: { x: number; y: number }): number {
  return Math.min(...cornersOf(boxOf(element)).map((corner) => distance(corner, point)));
}

describe("a handle of one element, however it is turned or flipped", () => {
  test("the opposite corner stays put", () => {
    fc.assert(
      fc.property(
        anElement,
        fc.constantFrom<Handle>("nw", "ne", "se", "sw"),
        aPointer,
        fc.boolean(),
        (element, handle, to, ratio) => {
          const box = boxOf(element);
          const grip = sharesOf(handle);
          const opposite = pointIn(box, 1 - grip.x, 1 - grip.y);
          const after = resized(element, handle, to, { ratio, centre: false });
          expect(awayFrom(after, opposite)).toBeLessThan(1e-5);
        },
      ),
    );
  });

  test("the opposite side stays on its line", () => {
    fc.assert(
      fc.property(
        anElement,
        fc.constantFrom<Handle>("n", "e", "s", "w"),
        aPointer,
        (element, handle, to) => {
          const box = boxOf(element);
          const grip = sharesOf(handle);
          const after = resized(element, handle, to, { ratio: false, centre: false });
          const opposite = pointIn(box, 1 - grip.x, 1 - grip.y);
          const middles = [
            [0, 0.5],
            [1, 0.5],
            [0.5, 0],
            [0.5, 1],
          ].map(([u, v]) => pointIn(boxOf(after), u ?? 0, v ?? 0));
          const nearest = Math.min(...middles.map((middle) => distance(middle, opposite)));
          expect(nearest).toBeLessThan(1e-5);
        },
      ),
    );
  });

  test("with Alt the centre stays put", () => {
    fc.assert(
      fc.property(anElement, aHandle, aPointer, fc.boolean(), (element, handle, to, ratio) => {
        const after = resized(element, handle, to, { ratio, centre: true });
        expect(distance(centreOf(boxOf(after)), centreOf(boxOf(element)))).toBeLessThan(1e-5);
      }),
    );
  });

  test("with Shift the ratio stays", () => {
    fc.assert(
      fc.property(anElement, aHandle, aPointer, fc.boolean(), (element, handle, to, centre) => {
        const before = boxOf(element);
        const after = boxOf(resized(element, handle, to, { ratio: true, centre }));
        expect(after.width / before.width).toBeCloseTo(after.height / before.height, 5);
      }),
    );
  });

  test("a free corner lands under the pointer", () => {
    fc.assert(
      fc.property(
        anElement,
        fc.constantFrom<Handle>("nw", "ne", "se", "sw"),
        aPointer,
        (element, handle, to) => {
          const box = boxOf(element);
          const grip = sharesOf(handle);
          const opposite = pointIn(box, 1 - grip.x, 1 - grip.y);
          const after = resized(element, handle, to, { ratio: false, centre: false });
          const size = boxOf(after);
          // Nothing is squeezed flat: near the other side the pointer goes on without the corner.
          fc.pre(size.width > 1.01 && size.height > 1.01 && distance(opposite, to) > 3);
          expect(awayFrom(after, to)).toBeLessThan(1e-5);
        },
      ),
    );
  });

  test("nothing vanishes, turns by itself or becomes a number that is none", () => {
    fc.assert(
      fc.property(anElement, aHandle, aPointer, someKeys, (element, handle, to, held) => {
        const after = resized(element, handle, to, held);
        expect(after.place.every(Number.isFinite)).toBe(true);
        const { width, height } = boxOf(after);
        expect(Math.min(width, height)).toBeGreaterThan(0);
        expect(after.place[4]).toBe(element.place[4]);
      }),
    );
  });
});

describe("a handle of several elements", () => {
  test("the opposite corner of the box around them stays put", () => {
    const several = fc.array(anElement, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        several,
        fc.constantFrom<Handle>("nw", "ne", "se", "sw"),
        aPointer,
        (elements, handle, to) => {
          const box = selectionBoxOf(elements);
          if (box === null) throw new Error("no box");
          const free = stretchesFreely(elements, 0);
          const stretch = stretchTo(box, handle, to, { ratio: !free, centre: false });
          const after = elements.map(
            (element) => ({ ...element, place: stretchedPlace(element, stretch) }) as Element,
          );
          const now = selectionBoxOf(after);
          if (now === null) throw new Error("no box");
          const grip = sharesOf(handle);
          const opposite = pointIn(box, 1 - grip.x, 1 - grip.y);
          const away = Math.min(...cornersOf(now).map((corner) => distance(corner, opposite)));
          expect(away).toBeLessThan(1e-4);
        },
      ),
      { numRuns: 500 },
    );
  });
});
