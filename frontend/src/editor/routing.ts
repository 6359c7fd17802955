/**
 * Elbow arrows: the shortest way of straight pieces along the axes, with few bends, around two boxes.
 *
 * The way is looked for by Dijkstra's algorithm on the few lines on which a person would draw it: around both
 * boxes, through their ends and halfway between them. It depends on nothing but the ends, so it is the same for
 * everybody and each time.
 */
import { type Box, contains, union } from "../geometry/box";
import type { Vec } from "../geometry/place";

/** Directions in which a way can leave: right, down, left, up. */
export const HEADINGS = [
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 0, y: -1 },
] as const;

/** One way in which an arrow may leave a shape, or come to it when it is read backwards. */
export interface Exit {
  readonly at: Vec;
  /** Index of `HEADINGS`, away from the shape. */
  readonly heading: number;
}

export interface RouteEnd {
  /** The ways to choose from. */
  readonly exits: readonly Exit[];
  /** What is to be gone around; null for an end that holds on to nothing. */
  readonly box: Box | null;
}

/** World units between a shape and the way around it, where there is room. */
const MARGIN = 20;
/** World units that a bend may save. */
const BEND = 30;
/** A way through a shape costs so many times its length: taken only where there is no other. */
const THROUGH = 20;
/** Per unit that a bend is away from the middle: of ways of one length, the even one. */
const UNEVEN = 1e-3;

interface Node {
  readonly at: Vec;
  readonly heading: number;
  readonly cost: number;
  readonly before: Node | null;
}

/** The corners of the way from one end to the other, both included. */
export function elbowRoute(start: RouteEnd, end: RouteEnd): Vec[] {
  const [from, to] = paddedBoxes(start.box, end.box);
  const obstacles = [from, to].filter((box) => box !== null);
  const sources = start.exits.map((exit) => stubOf(exit, from));
  const targets = end.exits.map((exit) => stubOf(exit, to));
  const stubs = [...sources, ...targets].map(({ out }) => out);
  const middle = middleOf(stubs, from, to);
  const lines = {
    x: sortedSet([...stubs.map(({ x }) => x), ...edges(obstacles, "x"), middle.x]),
    y: sortedSet([...stubs.map(({ y }) => y), ...edges(obstacles, "y"), middle.y]),
  };
  // A shape is worse to pass through than the margin around it.
  const walls = [from && start.box, to && end.box].filter((box) => box !== null);

  const open: Node[] = sources.map(({ out, exit, length }) => ({
    at: out,
    heading: exit.heading,
    cost: length,
    before: { at: exit.at, heading: exit.heading, cost: 0, before: null },
  }));
  const closed = new Set<string>();
  let best: { node: Node; exit: Exit; cost: number } | null = null;
  for (let node = cheapest(open); node !== null; node = cheapest(open)) {
    if (best !== null && node.cost >= best.cost) break;
    const key = `${node.at.x},${node.at.y},${node.heading}`;
    if (closed.has(key)) continue;
    closed.add(key);
    for (const { out, exit, length } of targets) {
      if (out.x !== node.at.x || out.y !== node.at.y) continue;
      const turns = turnsTo(node.heading, opposite(exit.heading));
      if (turns > 1) continue;
      const cost = node.cost + length + turns * BEND;
      if (best === null || cost < best.cost) best = { node, exit, cost };
    }
    for (const next of neighbours(node, lines)) {
      const turns = turnsTo(node.heading, next.heading);
      if (turns > 1) continue;
      const length = Math.abs(next.at.x - node.at.x) + Math.abs(next.at.y - node.at.y);
      const blocked = [...obstacles, ...walls].filter((box) =>
        passesThrough(node.at, next.at, box),
      );
      const off = Math.abs(node.at.x - middle.x) + Math.abs(node.at.y - middle.y);
      const cost =
        node.cost + length * (1 + THROUGH * blocked.length) + turns * (BEND + UNEVEN * off);
      open.push({ at: next.at, heading: next.heading, cost, before: node });
    }
  }
  const way: Vec[] = best === null ? [] : [best.exit.at];
  for (let node: Node | null = best?.node ?? null; node !== null; node = node.before) {
    way.unshift(node.at);
  }
  return withoutStraights(way);
}

/** Both boxes with a margin around them; between the two of them, half of what there is. */
function paddedBoxes(a: Box | null, b: Box | null): [Box | null, Box | null] {
  if (a === null || b === null) return [a && grown(a, MARGIN), b && grown(b, MARGIN)];
  // One inside the other is left or reached from within.
  if (contains(a, b)) return [null, grown(b, MARGIN)];
  if (contains(b, a)) return [grown(a, MARGIN), null];
  const [padA, padB] = [grown(a, MARGIN), grown(b, MARGIN)];
  const half = (gap: number) => Math.max(0, Math.min(MARGIN, gap / 2));
  const [right, left] = [b.minX - a.maxX, a.minX - b.maxX];
  const [below, above] = [b.minY - a.maxY, a.minY - b.maxY];
  const pads = { right: MARGIN, left: MARGIN, below: MARGIN, above: MARGIN };
  if (right > 0) pads.right = half(right);
  else if (left > 0) pads.left = half(left);
  if (below > 0) pads.below = half(below);
  else if (above > 0) pads.above = half(above);
  return [
    {
      minX: padA.minX + MARGIN - pads.left,
      maxX: padA.maxX - MARGIN + pads.right,
      minY: padA.minY + MARGIN - pads.above,
      maxY: padA.maxY - MARGIN + pads.below,
    },
    {
      minX: padB.minX + MARGIN - pads.right,
      maxX: padB.maxX - MARGIN + pads.left,
      minY: padB.minY + MARGIN - pads.below,
      maxY: padB.maxY - MARGIN + pads.above,
    },
  ];
}

function grown(box: Box, by: number): Box {
  return { minX: box.minX - by, minY: box.minY - by, maxX: box.maxX + by, maxY: box.maxY + by };
}

interface Stub {
  readonly exit: Exit;
  /** Where the way is free to turn. */
  readonly out: Vec;
  readonly length: number;
}

/** Straight out of the shape, as far as its margin reaches. */
function stubOf(exit: Exit, box: Box | null): Stub {
  const { x, y } = exit.at;
  if (box === null) return { exit, out: exit.at, length: 0 };
  const out = [
    { x: Math.max(x, box.maxX), y },
    { x, y: Math.max(y, box.maxY) },
    { x: Math.min(x, box.minX), y },
    { x, y: Math.min(y, box.minY) },
  ][exit.heading] as Vec;
  return { exit, out, length: Math.abs(out.x - x) + Math.abs(out.y - y) };
}

/** Halfway between the boxes where they face each other, else halfway between the ends. */
function middleOf(stubs: readonly Vec[], from: Box | null, to: Box | null): Vec {
  const all = stubs.map(({ x, y }) => ({ minX: x, minY: y, maxX: x, maxY: y }));
  const [a, b] = [from ?? all[0], to ?? all.at(-1)];
  if (a === undefined || b === undefined) return { x: 0, y: 0 };
  const between = (minA: number, maxA: number, minB: number, maxB: number, whole: number) =>
    maxA < minB ? (maxA + minB) / 2 : maxB < minA ? (maxB + minA) / 2 : whole;
  const { minX, maxX, minY, maxY } = union(a, b);
  return {
    x: between(a.minX, a.maxX, b.minX, b.maxX, (minX + maxX) / 2),
    y: between(a.minY, a.maxY, b.minY, b.maxY, (minY + maxY) / 2),
  };
}

function edges(boxes: readonly Box[], axis: "x" | "y"): number[] {
  return boxes.flatMap((box) => (axis === "x" ? [box.minX, box.maxX] : [box.minY, box.maxY]));
}

function sortedSet(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** The next crossings of lines in all four directions. */
function neighbours(
  { at }: Node,
  lines: { readonly x: readonly number[]; readonly y: readonly number[] },
): { at: Vec; heading: number }[] {
  const column = lines.x.indexOf(at.x);
  const row = lines.y.indexOf(at.y);
  const found: { at: Vec; heading: number }[] = [];
  HEADINGS.forEach((way, heading) => {
    const x = lines.x[column + way.x];
    const y = lines.y[row + way.y];
    if (x !== undefined && y !== undefined) found.push({ at: { x, y }, heading });
  });
  return found;
}

function cheapest(open: Node[]): Node | null {
  let best = 0;
  for (let i = 1; i < open.length; i++) {
    if ((open[i] as Node).cost < (open[best] as Node).cost) best = i;
  }
  const node = open[best];
  if (node === undefined) return null;
  open[best] = open[open.length - 1] as Node;
  open.pop();
  return node;
}

export function opposite(heading: number): number {
  return (heading + 2) % 4;
}

/** 0 straight on, 1 a bend, 2 back where it came from. */
function turnsTo(from: number, to: number): number {
  return from === to ? 0 : to === opposite(from) ? 2 : 1;
}

/** True when part of a segment along an axis lies inside the box, not only on its edge. */
function passesThrough(a: Vec, b: Vec, box: Box): boolean {
  const inside = 1e-6;
  return (
    Math.max(a.x, b.x) > box.minX + inside &&
    Math.min(a.x, b.x) < box.maxX - inside &&
    Math.max(a.y, b.y) > box.minY + inside &&
    Math.min(a.y, b.y) < box.maxY - inside
  );
}

/** Without points that lie on the way between their neighbours. */
function withoutStraights(way: readonly Vec[]): Vec[] {
  const kept: Vec[] = [];
  for (const at of way) {
    const last = kept.at(-1);
    if (last !== undefined && last.x === at.x && last.y === at.y) continue;
    const before = kept.at(-2);
    const straight =
      last !== undefined &&
      before !== undefined &&
      ((before.x === last.x && last.x === at.x) || (before.y === last.y && last.y === at.y));
    if (straight) kept.pop();
    kept.push(at);
  }
  return kept;
}
