import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Box, containsPoint, EMPTY_BOX, union } from "../geometry/box";
import { InkTrail } from "./ink_trail";

const EVERYTHING: Box = { minX: -1e9, minY: -1e9, maxX: 1e9, maxY: 1e9 };

/** Notes what is traced: the corners of pieces, and how often a piece is begun. */
class Notes {
  readonly spots: [number, number][] = [];
  readonly areas: number[] = [];
  private ring: [number, number][] = [];
  moveTo(x: number, y: number): void {
    this.ring = [[x, y]];
  }
  lineTo(x: number, y: number): void {
    this.ring.push([x, y]);
    this.spots.push([x, y]);
  }
  arc(x: number, y: number, r: number): void {
    for (const [dx, dy] of [
      [r, 0],
      [-r, 0],
      [0, r],
      [0, -r],
    ])
      this.spots.push([x + dx!, y + dy!]);
  }
  closePath(): void {
    let area = 0;
    for (let i = 0; i < this.ring.length; i++) {
      const [ax, ay] = this.ring[i]!;
      const [bx, by] = this.ring[(i + 1) % this.ring.length]!;
      area += ax * by - bx * ay;
    }
    this.areas.push(area);
  }
}

const sample = fc.record({
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.integer({ min: -500, max: 500 }),
  pressure: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe("ink being drawn", () => {
  it("changes nothing outside of the boxes that it reports", () => {
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        (points, guess) => {
          const trail = new InkTrail(2, null, guess);
          let dirty = EMPTY_BOX;
          for (const { x, y, pressure } of points) {
            const before = new Notes();
            trail.trace(before as unknown as CanvasPath, EVERYTHING);
            const box = trail.add(x, y, pressure);
            dirty = union(dirty, box);
            const after = new Notes();
            trail.trace(after as unknown as CanvasPath, EVERYTHING);
            const known = new Set(before.spots.map(String));
            const now = new Set(after.spots.map(String));
            const grown = {
              ...box,
              minX: box.minX - 0.01,
              minY: box.minY - 0.01,
              maxX: box.maxX + 0.01,
              maxY: box.maxY + 0.01,
            };
            for (const [sx, sy] of [
              ...after.spots.filter((spot) => !known.has(String(spot))),
              ...before.spots.filter((spot) => !now.has(String(spot))),
            ]) {
              expect(containsPoint(grown, sx, sy)).toBe(true);
            }
          }
        },
      ),
    );
  });

  it("winds all pieces alike, so that overlaps are filled once", () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 2, maxLength: 40 }), (points) => {
        const trail = new InkTrail(2, 16, false);
        for (const { x, y, pressure } of points) trail.add(x, y, pressure);
        const notes = new Notes();
        trail.trace(notes as unknown as CanvasPath, EVERYTHING);
        for (const area of notes.areas) expect(area).toBeGreaterThan(-1e-3);
      }),
    );
  });

  it("ends at the pointer", () => {
    const trail = new InkTrail(1, null, true);
    trail.add(0, 0, 0.5);
    trail.add(40, 0, 0.5);
    trail.add(80, 30, 0.5);
    const notes = new Notes();
    trail.trace(notes as unknown as CanvasPath, { minX: 79, minY: 29, maxX: 81, maxY: 31 });
    const xs = notes.spots.map(([x]) => x);
    expect(Math.max(...xs)).toBeGreaterThan(80);
  });
});
