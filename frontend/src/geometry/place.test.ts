import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Place } from "../generated/protocol";
import {
  applyPlace,
  boundsUnderPlace,
  centreUnderPlace,
  cornersUnderPlace,
  flipPlaceAbout,
  invertPlace,
  placeAbout,
  resizePlaceKeeping,
  rotatePlaceAbout,
  scalePlaceAbout,
} from "./place";

const coordinate = fc.double({ min: -1e5, max: 1e5, noNaN: true });
const share = fc.double({ min: -2, max: 3, noNaN: true });
const extent = fc
  .double({ min: 0.1, max: 1e4, noNaN: true })
  .chain((size) => fc.constantFrom(size, -size));
const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
const place: fc.Arbitrary<Place> = fc.tuple(coordinate, coordinate, extent, extent, angle);
const rightAngle = fc.constantFrom(0, Math.PI / 2, Math.PI, -Math.PI / 2);

function near(a: { x: number; y: number }, b: { x: number; y: number }, digits = 4): void {
  expect(a.x).toBeCloseTo(b.x, digits);
  expect(a.y).toBeCloseTo(b.y, digits);
}

describe("a place", () => {
  it("takes back what it did to a point", () => {
    fc.assert(
      fc.property(place, share, share, (at, x, y) => {
        const world = applyPlace(at, x, y);
        near(invertPlace(at, world.x, world.y), { x, y });
      }),
    );
  });

  it("has its corners inside of its bounds, and each side touched", () => {
    fc.assert(
      fc.property(place, (at) => {
        const box = boundsUnderPlace(at);
        const corners = cornersUnderPlace(at);
        expect(Math.min(...corners.map(({ x }) => x))).toBe(box.minX);
        expect(Math.max(...corners.map(({ y }) => y))).toBe(box.maxY);
        for (const { x, y } of corners) {
          expect(x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY).toBe(true);
        }
      }),
    );
  });

  it("turns about a point like a wheel: every point keeps its distance to it", () => {
    fc.assert(
      fc.property(place, coordinate, coordinate, angle, share, share, (at, x, y, by, lx, ly) => {
        const turned = rotatePlaceAbout(at, { x, y }, by);
        const before = applyPlace(at, lx, ly);
        const after = applyPlace(turned, lx, ly);
        const cos = Math.cos(by);
        const sin = Math.sin(by);
        near(
          after,
          {
            x: x + cos * (before.x - x) - sin * (before.y - y),
            y: y + sin * (before.x - x) + cos * (before.y - y),
          },
          3,
        );
      }),
    );
  });

  it("keeps the point that a resize holds on to", () => {
    fc.assert(
      fc.property(place, share, share, extent, extent, (at, x, y, sx, sy) => {
        near(applyPlace(resizePlaceKeeping(at, { x, y }, sx, sy), x, y), applyPlace(at, x, y), 3);
      }),
    );
  });

  it("scales with a selection exactly at right angles, mirrored or not", () => {
    const factor = fc
      .double({ min: 0.1, max: 5, noNaN: true })
      .chain((size) => fc.constantFrom(size, -size));
    const upright = fc.tuple(coordinate, coordinate, extent, extent, rightAngle);
    fc.assert(
      fc.property(
        upright,
        coordinate,
        coordinate,
        factor,
        factor,
        share,
        share,
        (at, x, y, fx, fy, lx, ly) => {
          const before = applyPlace(at, lx, ly);
          const after = applyPlace(scalePlaceAbout(at, { x, y }, fx, fy), lx, ly);
          near(after, { x: x + (before.x - x) * fx, y: y + (before.y - y) * fy }, 3);
        },
      ),
    );
  });

  it("mirrors every point at any angle", () => {
    fc.assert(
      fc.property(place, coordinate, coordinate, share, share, (at, x, y, lx, ly) => {
        const before = applyPlace(at, lx, ly);
        const across = applyPlace(flipPlaceAbout(at, { x, y }, true), lx, ly);
        near(across, { x: 2 * x - before.x, y: before.y }, 3);
        const down = applyPlace(flipPlaceAbout(at, { x, y }, false), lx, ly);
        near(down, { x: before.x, y: 2 * y - before.y }, 3);
      }),
    );
  });

  it("is put about a centre", () => {
    fc.assert(
      fc.property(place, ([x, y, sx, sy, turn]) => {
        near(centreUnderPlace(placeAbout({ x, y }, sx, sy, turn)), { x, y }, 3);
      }),
    );
  });
});
