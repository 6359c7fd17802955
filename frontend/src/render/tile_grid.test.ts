import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxOf, inflate, intersects } from "../geometry/box";
import { centreFirst, grow, inRange, tileBox, tilesCovering } from "./tile_grid";

const grid = fc.record({
  anchorX: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  anchorY: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  scale: fc.double({ min: 0.05, max: 20, noNaN: true }),
  side: fc.constantFrom(256, 512),
});
// In sixteenths of a tile: whole numbers are its edges.
const offset = fc.integer({ min: -48, max: 48 }).map((sixteenths) => sixteenths / 16);

describe("tiles", () => {
  it("cover a box without a gap and without a tile that shows nothing of it", () => {
    fc.assert(
      fc.property(grid, offset, offset, offset, offset, (tiles, x0, y0, x1, y1) => {
        const side = tiles.side / tiles.scale;
        const at = (x: number, anchor: number) => anchor + x * side;
        const box = boxOf(
          at(x0, tiles.anchorX),
          at(y0, tiles.anchorY),
          at(x1, tiles.anchorX),
          at(y1, tiles.anchorY),
        );
        fc.pre(x0 !== x1 && y0 !== y1);
        const range = tilesCovering(tiles, inflate(box, -side * 1e-6));
        for (let j = -5; j <= 5; j++) {
          for (let i = -5; i <= 5; i++) {
            const tile = tileBox(tiles, i, j);
            expect(inRange(range, i, j)).toBe(intersects(inflate(tile, -side * 1e-6), box));
          }
        }
      }),
    );
  });

  it("are painted from the middle outwards, each once", () => {
    const order = centreFirst(grow({ i0: 0, j0: 0, i1: 2, j1: 2 }, 1));
    expect(order).toHaveLength(25);
    expect(new Set(order.map(String)).size).toBe(25);
    expect(order[0]).toEqual([1, 1]);
    const far = order.map(([i, j]) => (i - 1) ** 2 + (j - 1) ** 2);
    expect(far).toEqual([...far].sort((a, b) => a - b));
  });
});
