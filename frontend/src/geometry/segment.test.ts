import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxOf } from "./box";
import { polygonContains, polygonTouchesBox } from "./polygon";
import { polylineDistance, segmentTouchesBox } from "./segment";

const coordinate = fc.integer({ min: -50, max: 50 });

describe("segments", () => {
  it("touch a box exactly when one of their points lies in it", () => {
    fc.assert(
      fc.property(fc.tuple(...Array.from({ length: 8 }, () => coordinate)), (numbers) => {
        const [ax, ay, bx, by, x0, y0, x1, y1] = numbers as [
          number,
          number,
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        const box = boxOf(x0, y0, x1, y1);
        const touches = segmentTouchesBox(ax, ay, bx, by, box);
        let [sampled, nearly] = [false, false];
        for (let i = 0; i <= 2000; i++) {
          const x = ax + ((bx - ax) * i) / 2000;
          const y = ay + ((by - ay) * i) / 2000;
          sampled ||= x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY;
          nearly ||=
            x >= box.minX - 0.1 &&
            x <= box.maxX + 0.1 &&
            y >= box.minY - 0.1 &&
            y <= box.maxY + 0.1;
        }
        // Samples can miss a corner that is only grazed, but not by more than their spacing.
        if (sampled) expect(touches).toBe(true);
        if (touches) expect(nearly).toBe(true);
      }),
    );
  });

  it("are as far from a point as their nearest part", () => {
    expect(polylineDistance([0, 0, 10, 0], 5, 3)).toBe(3);
    expect(polylineDistance([0, 0, 10, 0], 13, 4)).toBe(5);
    expect(polylineDistance([7, 7], 7, 9)).toBe(2);
    expect(polylineDistance([], 0, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("polygons", () => {
  const square = [0, 0, 10, 0, 10, 10, 0, 10];

  it("contain what lies inside of them", () => {
    expect(polygonContains(square, 5, 5)).toBe(true);
    expect(polygonContains(square, 15, 5)).toBe(false);
    // A ring that crosses itself is hollow where it overlaps twice, as it is painted.
    const star = [5, 0, 8, 10, 0, 4, 10, 4, 2, 10];
    expect(polygonContains(star, 5, 5.5)).toBe(false);
    expect(polygonContains(star, 5, 2)).toBe(true);
  });

  it("touch a box inside of them only when they are filled", () => {
    const inner = boxOf(4, 4, 6, 6);
    expect(polygonTouchesBox(square, inner, false)).toBe(false);
    expect(polygonTouchesBox(square, inner, true)).toBe(true);
    expect(polygonTouchesBox(square, boxOf(-5, 4, 1, 6), false)).toBe(true);
    // The closing side counts.
    expect(polygonTouchesBox(square, boxOf(-1, 4, 1, 6), false)).toBe(true);
  });
});
