import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { polylineDistance, segmentDistanceSquared } from "../geometry/segment";
import { cutAlong, lengthOf, type Stroke } from "./ink_cutting";

const coordinate = fc.double({ min: 0, max: 300, noNaN: true });
const spot = fc.record({ x: coordinate, y: coordinate });
const radius = fc.double({ min: 2, max: 40, noNaN: true });
const anyStroke: fc.Arbitrary<Stroke> = fc.array(
  fc.record({
    x: coordinate,
    y: coordinate,
    pressure: fc.double({ min: 0, max: 1, noNaN: true }),
    time: fc.nat(1000),
  }),
  { minLength: 1, maxLength: 12 },
);

describe("ink cut by an eraser", () => {
  it("leaves nothing of what it crosses and takes nothing else", () => {
    fc.assert(
      fc.property(anyStroke, spot, spot, radius, (stroke, from, to, reach) => {
        const left = cutAlong(stroke, from, to, reach);
        const away = (x: number, y: number) =>
          Math.sqrt(segmentDistanceSquared(x, y, from.x, from.y, to.x, to.y));
        if (left === null) {
          for (const { x, y } of stroke) expect(away(x, y)).toBeGreaterThan(reach);
          return;
        }
        const flat = left.map((piece) => piece.flatMap(({ x, y }) => [x, y]));
        for (const piece of left) {
          for (const { x, y } of piece) expect(away(x, y)).toBeGreaterThanOrEqual(reach - 1e-6);
        }
        expect(left.reduce((sum, piece) => sum + lengthOf(piece), 0)).toBeLessThanOrEqual(
          lengthOf(stroke) + 1e-6,
        );
        // Crumbs go, too; a crumb is short.
        for (let i = 1; i < stroke.length; i++) {
          for (let share = 0; share <= 1; share += 0.25) {
            const x = stroke[i - 1]!.x + (stroke[i]!.x - stroke[i - 1]!.x) * share;
            const y = stroke[i - 1]!.y + (stroke[i]!.y - stroke[i - 1]!.y) * share;
            if (away(x, y) <= reach * 1.5) continue;
            const nearest = Math.min(...flat.map((piece) => polylineDistance(piece, x, y)));
            expect(nearest).toBeLessThan(1e-6);
          }
        }
      }),
    );
  });

  it("makes two of one, with new ends at the eraser's edge and the pressure between", () => {
    const stroke: Stroke = [
      { x: 0, y: 0, pressure: 0, time: 0 },
      { x: 100, y: 0, pressure: 1, time: 400 },
    ];
    const left = cutAlong(stroke, { x: 50, y: -20 }, { x: 50, y: 20 }, 10)!;
    expect(left).toHaveLength(2);
    expect(left[0]!.at(-1)!.x).toBeCloseTo(40, 1);
    expect(left[0]!.at(-1)!.pressure).toBeCloseTo(0.4, 2);
    expect(left[1]![0]!.x).toBeCloseTo(60, 1);
    expect(left[1]![0]!.time).toBeCloseTo(240, 0);
  });
});
