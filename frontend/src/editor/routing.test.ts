import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Box } from "../geometry/box";
import type { Vec } from "../geometry/place";
import { elbowRoute, HEADINGS, type RouteEnd } from "./routing";

/** From a shape to the end of an arrow. */
const GAP = 4;

function sides(box: Box): RouteEnd {
  const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
  return {
    box,
    exits: [
      { at: { x: box.maxX + GAP, y }, heading: 0 },
      { at: { x, y: box.maxY + GAP }, heading: 1 },
      { at: { x: box.minX - GAP, y }, heading: 2 },
      { at: { x, y: box.minY - GAP }, heading: 3 },
    ],
  };
}

function at(x: number, y: number, width = 100, height = 60): Box {
  return { minX: x, minY: y, maxX: x + width, maxY: y + height };
}

const coordinate = fc.integer({ min: -600, max: 600 });
const extent = fc.integer({ min: 1, max: 400 });
const anyBox: fc.Arbitrary<Box> = fc
  .tuple(coordinate, coordinate, extent, extent)
  .map(([x, y, width, height]) => at(x, y, width, height));

function crosses(way: readonly Vec[], box: Box): boolean {
  return way.slice(1).some((to, i) => {
    const from = way[i] as Vec;
    return (
      Math.max(from.x, to.x) > box.minX + 0.01 &&
      Math.min(from.x, to.x) < box.maxX - 0.01 &&
      Math.max(from.y, to.y) > box.minY + 0.01 &&
      Math.min(from.y, to.y) < box.maxY - 0.01
    );
  });
}

function apart(a: Box, b: Box, by: number): boolean {
  return (
    b.minX - a.maxX > by || a.minX - b.maxX > by || b.minY - a.maxY > by || a.minY - b.maxY > by
  );
}

/** Whether less is between them than both ends keep from their shapes: the way turns where it begins. */
function isTight(a: Box, b: Box): boolean {
  const gaps = [b.minX - a.maxX, a.minX - b.maxX, b.minY - a.maxY, a.minY - b.maxY];
  return gaps.some((gap) => gap > 0 && gap <= 2 * GAP);
}

describe("the way of an elbow arrow", () => {
  it("runs along the axes, leaves and enters through a side, and goes around both shapes", () => {
    fc.assert(
      fc.property(anyBox, anyBox, (a, b) => {
        fc.pre(apart(a, b, 9));
        const [start, end] = [sides(a), sides(b)];
        const way = elbowRoute(start, end);
        expect(way.length).toBeGreaterThan(1);
        expect(way.length).toBeLessThanOrEqual(6);
        expect(start.exits.map((exit) => exit.at)).toContainEqual(way[0]);
        expect(end.exits.map((exit) => exit.at)).toContainEqual(way.at(-1));
        way.slice(1).forEach((to, i) => {
          const from = way[i] as Vec;
          expect(from.x === to.x || from.y === to.y).toBe(true);
        });
        expect(crosses(way, a)).toBe(false);
        expect(crosses(way, b)).toBe(false);
        if (isTight(a, b)) return;
        const exit = start.exits.find((one) => one.at.x === way[0]!.x && one.at.y === way[0]!.y)!;
        const out = HEADINGS[exit.heading]!;
        expect(Math.sign(way[1]!.x - way[0]!.x)).toBe(out.x);
        expect(Math.sign(way[1]!.y - way[0]!.y)).toBe(out.y);
      }),
    );
  });

  it("goes around both shapes from whichever side to whichever side", () => {
    const side = fc.nat(3);
    fc.assert(
      fc.property(anyBox, anyBox, side, side, (a, b, out, into) => {
        fc.pre(apart(a, b, 9));
        const start = { box: a, exits: [sides(a).exits[out]!] };
        const end = { box: b, exits: [sides(b).exits[into]!] };
        const way = elbowRoute(start, end);
        expect(way[0]).toEqual(start.exits[0]!.at);
        expect(way.at(-1)).toEqual(end.exits[0]!.at);
        expect(crosses(way, a)).toBe(false);
        expect(crosses(way, b)).toBe(false);
      }),
    );
  });

  it("bends no more than it has to", () => {
    fc.assert(
      fc.property(anyBox, anyBox, (a, b) => {
        fc.pre(b.minX - a.maxX > 9);
        const start = { box: a, exits: [sides(a).exits[0]!] };
        const end = { box: b, exits: [sides(b).exits[2]!] };
        const level = start.exits[0]!.at.y === end.exits[0]!.at.y;
        expect(elbowRoute(start, end)).toHaveLength(level ? 2 : 4);
      }),
    );
  });

  it("comes to an end whatever lies on what", () => {
    fc.assert(
      fc.property(anyBox, anyBox, (a, b) => {
        const way = elbowRoute(sides(a), sides(b));
        expect(way.length).toBeGreaterThan(1);
        expect(way.length).toBeLessThan(12);
      }),
    );
  });

  it("is the same when everything lies elsewhere", () => {
    fc.assert(
      fc.property(anyBox, anyBox, coordinate, coordinate, (a, b, dx, dy) => {
        const moved = (box: Box) =>
          at(box.minX + dx, box.minY + dy, box.maxX - box.minX, box.maxY - box.minY);
        const here = elbowRoute(sides(a), sides(b));
        const there = elbowRoute(sides(moved(a)), sides(moved(b)));
        expect(there).toEqual(here.map(({ x, y }) => ({ x: x + dx, y: y + dy })));
      }),
    );
  });

  it("is straight between shapes beside each other, and bends halfway between others", () => {
    expect(elbowRoute(sides(at(0, 0)), sides(at(300, 0)))).toEqual([
      { x: 104, y: 30 },
      { x: 296, y: 30 },
    ]);
    expect(elbowRoute(sides(at(0, 0)), sides(at(300, 40)))).toEqual([
      { x: 104, y: 30 },
      { x: 200, y: 30 },
      { x: 200, y: 70 },
      { x: 296, y: 70 },
    ]);
  });

  it("goes around a shape whose far side it has to reach", () => {
    const end: RouteEnd = { box: at(300, 0), exits: [{ at: { x: 404, y: 30 }, heading: 0 }] };
    const way = elbowRoute(sides(at(0, 0)), end);
    expect(crosses(way, at(300, 0))).toBe(false);
    expect(way.at(-2)!.x).toBe(420);
  });

  it("leads from one side of a shape to another of the same", () => {
    const way = elbowRoute(sides(at(0, 0)), sides(at(0, 0)));
    expect(way.length).toBeGreaterThan(3);
    expect(crosses(way, at(0, 0))).toBe(false);
  });
});
