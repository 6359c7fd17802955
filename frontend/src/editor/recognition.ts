/**
 * Which shape a stroke shows, if it clearly shows one.
 *
 * Precision comes first: ink that nobody meant as a shape must stay ink, so a shape is taken only if the stroke lies
 * close to all of it, goes around once, and no other shape fits nearly as well.
 */
import { type Box, boxOfFlat } from "../geometry/box";
import type { Vec } from "../geometry/place";
import { ellipseRing } from "../geometry/polygon";
import { polylineDistance } from "../geometry/segment";

export type Recognised =
  | { readonly type: "line"; readonly from: Vec; readonly to: Vec }
  | {
      readonly type: "rectangle" | "ellipse" | "diamond" | "triangle";
      readonly box: Box;
      /** Upside down. */
      readonly flipped?: true;
    };

/** Points at equal distances: enough for corners, few enough to be unsteady no more. */
const SAMPLES = 64;
/** As shares of the diagonal. */
const CLOSES_WITHIN = 0.2;
const MEAN_ERROR = 0.025;
const WORST_ERROR = 0.1;
/** How far a corner of the shape may be from the stroke. */
const CORNER_ERROR = 0.1;
/** The second best has to be so much worse. */
const CLEARER = 1.35;
/** A line: how much longer than the straight way it may be, and how far beside it. */
const LINE_DETOUR = 1.05;
const LINE_ERROR = 0.035;
/** The shorter side of what goes around, as a share of the longer one. */
const THINNEST = 0.2;

/** The shape, or null. Points in any units; a stroke whose box has a diagonal below `smallest` shows none. */
export function recognised(points: readonly Vec[], smallest: number): Recognised | null {
  const first = points[0];
  if (first === undefined) return null;
  const path = resampled(points, SAMPLES);
  const box = boxOfFlat(path);
  const [width, height] = [box.maxX - box.minX, box.maxY - box.minY];
  const diagonal = Math.hypot(width, height);
  if (!(diagonal >= smallest)) return null;
  return lineIn(path) ?? shapeIn(path, box, diagonal);
}

function lineIn(path: Float64Array): Recognised | null {
  const last = path.length - 2;
  const from = { x: path[0] as number, y: path[1] as number };
  const to = { x: path[last] as number, y: path[last + 1] as number };
  const straight = Math.hypot(to.x - from.x, to.y - from.y);
  if (straight === 0 || lengthOf(path) > straight * LINE_DETOUR) return null;
  const chord = [from.x, from.y, to.x, to.y];
  for (let i = 0; i < path.length; i += 2) {
    const away = polylineDistance(chord, path[i] as number, path[i + 1] as number);
    if (away > straight * LINE_ERROR) return null;
  }
  return { type: "line", from, to };
}

interface Candidate {
  readonly shape: Recognised;
  /** Closed. */
  readonly ring: ArrayLike<number>;
  readonly corners: readonly Vec[];
}

function shapeIn(path: Float64Array, box: Box, diagonal: number): Recognised | null {
  const [width, height] = [box.maxX - box.minX, box.maxY - box.minY];
  if (Math.min(width, height) < THINNEST * Math.max(width, height)) return null;
  const last = path.length - 2;
  const open = Math.hypot(path[0]! - path[last]!, path[1]! - path[last + 1]!);
  if (open > CLOSES_WITHIN * diagonal || !goesAroundOnce(path)) return null;
  const fits = candidates(box)
    .map((candidate) => ({ candidate, error: errorOf(path, candidate, diagonal) }))
    .sort((a, b) => a.error - b.error);
  const [best, second] = fits;
  if (best === undefined || best.error > MEAN_ERROR) return null;
  if (second !== undefined && second.error < best.error * CLEARER) return null;
  return best.candidate.shape;
}

function candidates(box: Box): Candidate[] {
  const { minX, minY, maxX, maxY } = box;
  const [x, y] = [(minX + maxX) / 2, (minY + maxY) / 2];
  const polygon = (shape: Recognised, ...corners: [number, number][]): Candidate => ({
    shape,
    ring: [...corners, corners[0] as [number, number]].flat(),
    corners: corners.map(([cx, cy]) => ({ x: cx, y: cy })),
  });
  const around = ellipseRing(x, y, (maxX - minX) / 2, (maxY - minY) / 2, 48);
  return [
    { shape: { type: "ellipse", box }, ring: [...around, around[0]!, around[1]!], corners: [] },
    polygon({ type: "rectangle", box }, [minX, minY], [maxX, minY], [maxX, maxY], [minX, maxY]),
    polygon({ type: "diamond", box }, [x, minY], [maxX, y], [x, maxY], [minX, y]),
    polygon({ type: "triangle", box }, [x, minY], [maxX, maxY], [minX, maxY]),
    polygon({ type: "triangle", box, flipped: true }, [x, maxY], [minX, minY], [maxX, minY]),
  ];
}

/** The mean distance of the stroke to the shape, as a share of the diagonal; infinite where they part. */
function errorOf(path: Float64Array, { ring, corners }: Candidate, diagonal: number): number {
  let sum = 0;
  for (let i = 0; i < path.length; i += 2) {
    const away = polylineDistance(ring, path[i]!, path[i + 1]!) / diagonal;
    if (away > WORST_ERROR) return Number.POSITIVE_INFINITY;
    sum += away;
  }
  const missed = corners.some(({ x, y }) => polylineDistance(path, x, y) > CORNER_ERROR * diagonal);
  return missed ? Number.POSITIVE_INFINITY : sum / (path.length / 2);
}

/** Points over which a change of direction is seen: a trembling hand turns at every single one. */
const STRIDE = 4;

/** True when the direction turns by about 360 degrees in all, and hardly ever back. */
function goesAroundOnce(path: Float64Array): boolean {
  let turned = 0;
  let wandered = 0;
  let before: number | null = null;
  const count = path.length / 2;
  for (let i = 0; i + STRIDE < count; i += STRIDE) {
    const dx = path[2 * (i + STRIDE)]! - path[2 * i]!;
    const dy = path[2 * (i + STRIDE) + 1]! - path[2 * i + 1]!;
    const direction = Math.atan2(dy, dx);
    if (before !== null) {
      let by = direction - before;
      by -= 2 * Math.PI * Math.round(by / (2 * Math.PI));
      turned += by;
      wandered += Math.abs(by);
    }
    before = direction;
  }
  // The last corner is where the stroke began, or a little past it.
  const around = Math.abs(turned);
  return around > 1.1 * Math.PI && around < 2.6 * Math.PI && wandered - around < 0.5 * Math.PI;
}

function lengthOf(path: ArrayLike<number>): number {
  let length = 0;
  for (let i = 2; i + 1 < path.length; i += 2) {
    length += Math.hypot(path[i]! - path[i - 2]!, path[i + 1]! - path[i - 1]!);
  }
  return length;
}

/** The stroke as flat coordinates of points at equal distances along it, its ends among them. */
function resampled(points: readonly Vec[], count: number): Float64Array {
  const flat = points.flatMap(({ x, y }) => [x, y]);
  const step = lengthOf(flat) / (count - 1);
  const path = new Float64Array(2 * count);
  path.set(flat.slice(0, 2));
  let made = 1;
  let before = 0;
  for (let i = 2; i < flat.length && made < count; i += 2) {
    const [ax, ay, bx, by] = [flat[i - 2]!, flat[i - 1]!, flat[i]!, flat[i + 1]!];
    const section = Math.hypot(bx - ax, by - ay);
    while (made < count && section > 0 && before + section >= made * step - 1e-9) {
      const share = Math.min(1, Math.max(0, (made * step - before) / section));
      path[2 * made] = ax + (bx - ax) * share;
      path[2 * made + 1] = ay + (by - ay) * share;
      made++;
    }
    before += section;
  }
  for (; made < count; made++) path.set(flat.slice(-2), 2 * made);
  return path;
}
