import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Vec } from "../geometry/place";
import { type Recognised, recognised } from "./recognition";

const SMALLEST = 32;

function along(corners: readonly Vec[], spacing = 4): Vec[] {
  const path: Vec[] = [];
  for (let i = 1; i < corners.length; i++) {
    const [a, b] = [corners[i - 1] as Vec, corners[i] as Vec];
    const steps = Math.max(1, Math.round(Math.hypot(b.x - a.x, b.y - a.y) / spacing));
    for (let s = 0; s < steps; s++) {
      path.push({ x: a.x + ((b.x - a.x) * s) / steps, y: a.y + ((b.y - a.y) * s) / steps });
    }
  }
  path.push(corners.at(-1) as Vec);
  return path;
}

function around(w: number, h: number, from: number, turns: number, bend = (_: number) => 1): Vec[] {
  return Array.from({ length: 81 }, (_, i) => {
    const angle = from + (i / 80) * turns * 2 * Math.PI;
    const r = bend(angle);
    return { x: (w / 2) * (1 + r * Math.cos(angle)), y: (h / 2) * (1 + r * Math.sin(angle)) };
  });
}

type Kind = Recognised["type"];

/** The corners of a shape in a box, in the order a hand draws them, closed. */
function cornersOf(kind: Kind, w: number, h: number): Vec[] {
  const ring: Record<string, [number, number][]> = {
    rectangle: [
      [0, 0],
      [w, 0],
      [w, h],
      [0, h],
    ],
    diamond: [
      [w / 2, 0],
      [w, h / 2],
      [w / 2, h],
      [0, h / 2],
    ],
    triangle: [
      [w / 2, 0],
      [w, h],
      [0, h],
    ],
  };
  const corners = ring[kind] ?? [];
  return [...corners, corners[0] as [number, number]].map(([x, y]) => ({ x, y }));
}

const size = fc.integer({ min: 60, max: 500 });
const kinds = fc.constantFrom<Kind>("rectangle", "ellipse", "diamond", "triangle");

/** A shape as a hand draws it: it trembles, wanders a little, and does not quite meet its beginning. */
const drawnShape = fc
  .record({
    kind: kinds,
    w: size,
    ratio: fc.double({ min: 0.5, max: 2, noNaN: true }),
    tremble: fc.double({ min: 0, max: 0.008, noNaN: true }),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
    backwards: fc.boolean(),
    end: fc.double({ min: -0.06, max: 0.04, noNaN: true }),
    wave: fc.double({ min: 0, max: 0.012, noNaN: true }),
  })
  .map(({ kind, w, ratio, tremble, seed, backwards, end, wave }) => {
    const h = w * ratio;
    let state = seed;
    const random = () => {
      state = (state * 16807) % 2147483647;
      return state / 2147483647 - 0.5;
    };
    let path = kind === "ellipse" ? around(w, h, seed % 7, 1) : along(cornersOf(kind, w, h));
    const extra = Math.round(path.length * Math.abs(end));
    path = end < 0 ? path.slice(0, path.length - extra) : [...path, ...path.slice(1, extra + 1)];
    const diagonal = Math.hypot(w, h);
    const noisy = path.map(({ x, y }, i) => ({
      x: x + diagonal * (2 * tremble * random() + wave * Math.sin(i / 9 + seed)),
      y: y + diagonal * (2 * tremble * random() + wave * Math.cos(i / 11 + seed)),
    }));
    return { kind, w, h, path: backwards ? noisy.reverse() : noisy };
  });

describe("a shape that a hand has drawn", () => {
  it("is recognised nearly always, as what it is and where it is", () => {
    const cases = fc.sample(drawnShape, { numRuns: 400, seed: 7 });
    let seen = 0;
    for (const { kind, w, h, path } of cases) {
      const found = recognised(path, SMALLEST);
      if (found === null) continue;
      expect(found.type).toBe(kind);
      if (found.type === "line") throw new Error("a line goes nowhere around");
      seen++;
      const slack = 0.12 * Math.hypot(w, h);
      expect(Math.abs(found.box.minX)).toBeLessThan(slack);
      expect(Math.abs(found.box.maxY - h)).toBeLessThan(slack);
    }
    expect(seen).toBeGreaterThan(0.9 * cases.length);
  });

  it("is never taken for another one", () => {
    fc.assert(
      fc.property(drawnShape, ({ kind, path }) => {
        const found = recognised(path, SMALLEST);
        if (found !== null) expect(found.type).toBe(kind);
      }),
      { numRuns: 300 },
    );
  });

  it("is a line where it is straight, and a triangle upside down too", () => {
    const line = along([
      { x: 3, y: 8 },
      { x: 240, y: 61 },
    ]).map(({ x, y }, i) => ({
      x,
      y: y + 2 * Math.sin(i / 5),
    }));
    expect(recognised(line, SMALLEST)).toMatchObject({ type: "line" });
    const down = along([
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 50, y: 90 },
      { x: 0, y: 0 },
    ]);
    expect(recognised(down, SMALLEST)).toMatchObject({ type: "triangle", flipped: true });
  });
});

/** What people write and scribble: none of it is a shape. */
const WRITING: Readonly<Record<string, Vec[]>> = {
  wave: Array.from({ length: 90 }, (_, i) => ({ x: i * 3, y: 20 * Math.sin(i / 6) })),
  loops: Array.from({ length: 120 }, (_, i) => ({
    x: i * 1.5 + 25 * Math.cos(i / 5),
    y: 25 * Math.sin(i / 5),
  })),
  spiral: around(200, 200, 0, 2.5, (angle) => 0.1 + angle / 16),
  "circle drawn twice": around(120, 100, 0, 2),
  "half a circle": around(120, 100, 0, 0.5),
  "three quarters of a circle": around(120, 100, 0, 0.75),
  eight: Array.from({ length: 90 }, (_, i) => ({
    x: 60 * Math.sin((i / 90) * 4 * Math.PI),
    y: 100 * Math.sin((i / 90) * 2 * Math.PI),
  })),
  heart: Array.from({ length: 90 }, (_, i) => {
    const t = (i / 89) * 2 * Math.PI;
    return {
      x: 6 * 16 * Math.sin(t) ** 3,
      y: -6 * (13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t)),
    };
  }),
  star: along(
    [0, 2, 4, 1, 3, 0].map((i) => ({
      x: 100 * Math.sin((i * 2 * Math.PI) / 5),
      y: -100 * Math.cos((i * 2 * Math.PI) / 5),
    })),
  ),
  tick: along([
    { x: 0, y: 50 },
    { x: 30, y: 90 },
    { x: 100, y: 0 },
  ]),
  l: along([
    { x: 0, y: 0 },
    { x: 0, y: 100 },
    { x: 60, y: 100 },
  ]),
  m: along([
    { x: 0, y: 100 },
    { x: 10, y: 0 },
    { x: 50, y: 80 },
    { x: 90, y: 0 },
    { x: 100, y: 100 },
  ]),
  s: Array.from({ length: 60 }, (_, i) => ({ x: 40 * Math.sin(i / 9.5), y: i * 2 })),
  a: [
    ...around(60, 60, -0.7, 1),
    ...along([
      { x: 55, y: 8 },
      { x: 58, y: 60 },
      { x: 75, y: 55 },
    ]),
  ],
  cloud: around(220, 130, 0, 1, (angle) => 0.75 + 0.25 * Math.abs(Math.sin(angle * 3.5))),
  "flattened ring": around(300, 30, 0, 1),
  arrow: along([
    { x: 0, y: 0 },
    { x: 150, y: 0 },
    { x: 120, y: -30 },
    { x: 150, y: 0 },
    { x: 120, y: 30 },
  ]),
  pentagon: along(
    [0, 1, 2, 3, 4, 5].map((i) => ({
      x: 100 * Math.sin((i * 2 * Math.PI) / 5),
      y: -100 * Math.cos((i * 2 * Math.PI) / 5),
    })),
  ),
  house: along([
    { x: 0, y: 100 },
    { x: 0, y: 45 },
    { x: 50, y: 0 },
    { x: 100, y: 45 },
    { x: 100, y: 100 },
    { x: 0, y: 100 },
  ]),
};

describe("handwriting", () => {
  it.each(Object.entries(WRITING))("%s stays ink", (_, path) => {
    for (const scale of [0.5, 1, 3]) {
      const written = path.map(({ x, y }) => ({ x: x * scale, y: y * scale }));
      expect(recognised(written, SMALLEST)).toBeNull();
    }
  });

  it("stays ink: what wanders as a hand does is no shape", () => {
    // Sums of a few swings along both axes, as letters are; the pen moves on as it writes.
    const swing = fc.record({
      x: fc.integer({ min: 30, max: 100 }).map((share) => share / 100),
      y: fc.integer({ min: 30, max: 100 }).map((share) => share / 100),
      pace: fc.integer({ min: 150, max: 600 }).map((share) => share / 100),
      phase: fc.integer({ min: 0, max: 628 }).map((share) => share / 100),
    });
    const written = fc.tuple(
      fc.array(swing, { minLength: 3, maxLength: 5 }),
      fc.integer({ min: 1, max: 4 }),
    );
    const cases = fc.sample(written, { numRuns: 2000, seed: 11 });
    let taken = 0;
    for (const [swings, advance] of cases) {
      const path = Array.from({ length: 120 }, (_, i) => {
        const t = (i / 119) * 2 * Math.PI;
        const sum = (axis: "x" | "y") =>
          swings.reduce(
            (all, one) =>
              all + one[axis] * Math.sin(one.pace * t + one.phase + (axis === "x" ? 0 : 1)),
            0,
          );
        return { x: 30 * (sum("x") + (advance * t) / 3), y: 30 * sum("y") };
      });
      if (recognised(path, SMALLEST) !== null) taken++;
    }
    expect(taken / cases.length).toBeLessThan(0.002);
  });

  it("is too small to be a shape", () => {
    expect(recognised(around(20, 20, 0, 1), SMALLEST)).toBeNull();
    expect(recognised([], SMALLEST)).toBeNull();
    expect(recognised([{ x: 1, y: 1 }], SMALLEST)).toBeNull();
  });
});
