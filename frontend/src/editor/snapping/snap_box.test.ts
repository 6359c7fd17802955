import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Box } from "../../geometry/box";
import { stopsOf } from "./aligning";
import { snapBox, snapPoint } from "./snap_box";

const REACH = 6;

const anyBox: fc.Arbitrary<Box> = fc
  .tuple(
    fc.nat(1000),
    fc.nat(1000),
    fc.integer({ min: 1, max: 300 }),
    fc.integer({ min: 1, max: 300 }),
  )
  .map(([minX, minY, width, height]) => ({ minX, minY, maxX: minX + width, maxY: minY + height }));
const someBoxes = fc.array(anyBox, { maxLength: 30 });

function at(x: number, y: number, width: number, height: number): Box {
  return { minX: x, minY: y, maxX: x + width, maxY: y + height };
}

function moved({ minX, minY, maxX, maxY }: Box, dx: number, dy: number): Box {
  return { minX: minX + dx, minY: minY + dy, maxX: maxX + dx, maxY: maxY + dy };
}

describe("a box beside others", () => {
  it("is never shifted further than it reaches, and a guide tells each shift", () => {
    fc.assert(
      fc.property(anyBox, someBoxes, (box, others) => {
        const { dx, dy, guides } = snapBox(box, others, { reach: REACH });
        expect(Math.abs(dx)).toBeLessThanOrEqual(REACH);
        expect(Math.abs(dy)).toBeLessThanOrEqual(REACH);
        // A line across the axis, or a distance along it.
        const tells = (axis: "x" | "y") =>
          guides.some(({ from, to, gap }) => (gap === true) !== (from[axis] === to[axis]));
        if (dx !== 0) expect(tells("x")).toBe(true);
        if (dy !== 0) expect(tells("y")).toBe(true);
      }),
    );
  });

  it("stays on a line on which it has come to rest", () => {
    fc.assert(
      fc.property(anyBox, someBoxes, (box, others) => {
        const { dx, dy, guides } = snapBox(box, others, { reach: REACH });
        const again = snapBox(moved(box, dx, dy), others, { reach: REACH });
        const isOnLine = (axis: "x" | "y") =>
          guides.some(({ from, to, gap }) => gap !== true && from[axis] === to[axis]);
        if (isOnLine("x")) expect(Math.abs(again.dx)).toBeLessThan(1e-9);
        if (isOnLine("y")) expect(Math.abs(again.dy)).toBeLessThan(1e-9);
      }),
    );
  });

  it("is held by no equal distance to what a shift the other way has left", () => {
    const box = { minX: 557, minY: 0, maxX: 561, maxY: 1 };
    const others = [
      { minX: 318, minY: 6, maxX: 558, maxY: 7 },
      { minX: 265, minY: 4, maxX: 558, maxY: 5 },
    ];
    const { dx, dy, guides } = snapBox(box, others, { reach: REACH });
    for (const [axis, by] of [
      ["x", dx],
      ["y", dy],
    ] as const) {
      const told = guides.some(({ from, to, gap }) => (gap === true) !== (from[axis] === to[axis]));
      expect(told).toBe(by !== 0);
    }
  });

  it("takes the nearest line of all, and draws it through those that lie on it", () => {
    fc.assert(
      fc.property(anyBox, someBoxes, (box, others) => {
        const { dx, guides } = snapPoint(box.minX, box.minY, others, { reach: REACH, axes: ["x"] });
        const away = others
          .flatMap((other) => stopsOf(other, "x"))
          .map((stop) => Math.abs(stop - box.minX));
        const nearest = Math.min(...away);
        expect(Math.abs(dx)).toBe(nearest <= REACH ? nearest : 0);
        expect(guides.length).toBe(nearest <= REACH ? 1 : 0);
      }),
    );
  });

  it("stands as far from its neighbour as that one from the next", () => {
    const row = [at(0, 0, 100, 100), at(150, 10, 100, 100)];
    const { dx, guides } = snapBox(at(303, 43, 70, 37), row, { reach: REACH, axes: ["x"] });
    expect(dx).toBe(-3);
    expect(guides.filter(({ gap }) => gap).map(({ from, to }) => [from.x, to.x])).toEqual([
      [250, 300],
      [100, 150],
    ]);
    expect(snapBox(at(-118, 43, 70, 37), row, { reach: REACH, axes: ["x"] }).dx).toBe(-2);
  });

  it("stands in the middle between two, above each other likewise", () => {
    const pair = [at(0, 0, 100, 100), at(300, 0, 100, 100)];
    expect(snapBox(at(163, 43, 80, 37), pair, { reach: REACH, axes: ["x"] }).dx).toBe(-3);
    const column = [at(0, 0, 100, 100), at(0, 300, 100, 100)];
    expect(snapBox(at(43, 163, 37, 80), column, { reach: REACH, axes: ["y"] }).dy).toBe(-3);
  });

  it("takes no notice of distances to what is not in its row", () => {
    const row = [at(0, 0, 100, 100), at(150, 500, 100, 100)];
    expect(snapBox(at(303, 43, 70, 37), row, { reach: REACH, axes: ["x"] }).dx).toBe(0);
  });
});
