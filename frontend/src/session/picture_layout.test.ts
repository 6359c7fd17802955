import fc from "fast-check";
import { expect, test } from "vitest";
import { PictureRows, placeAlone } from "./picture_layout";

const VIEW = { width: 1000, height: 800 };
const MIDDLE = { x: 50, y: -20 };
const side = fc.integer({ min: 1, max: 8192 });

test("a picture alone is in the middle, in its own ratio, and never fills the screen", () => {
  fc.assert(
    fc.property(side, side, (width, height) => {
      const spot = placeAlone({ width, height }, VIEW, MIDDLE);
      expect(spot.x + spot.width / 2).toBeCloseTo(MIDDLE.x);
      expect(spot.y + spot.height / 2).toBeCloseTo(MIDDLE.y);
      expect(spot.width / spot.height).toBeCloseTo(width / height, 5);
      expect(spot.width).toBeLessThanOrEqual(Math.min(width, 600) + 1e-6);
      expect(spot.height).toBeLessThanOrEqual(Math.min(height, 480) + 1e-6);
    }),
  );
});

test("of many none lies on another, and the rows are no wider than the block", () => {
  const sizes = fc.array(fc.record({ width: side, height: side }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(sizes, (naturals) => {
      const rows = new PictureRows(naturals.length, VIEW, MIDDLE);
      const spots = naturals.map((natural) => rows.next(natural));
      for (const [i, a] of spots.entries()) {
        for (const b of spots.slice(i + 1)) {
          const apart =
            a.x + a.width <= b.x ||
            b.x + b.width <= a.x ||
            a.y + a.height <= b.y ||
            b.y + b.height <= a.y;
          expect(apart).toBe(true);
        }
      }
    }),
  );
});
