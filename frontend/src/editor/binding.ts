import { ringOf } from "../elements/registry";
import type { Arrow, Binding, Element, Line } from "../generated/protocol";
import { invertPlace, type Vec } from "../geometry/place";
import { polygonContains } from "../geometry/polygon";
import { aimOf, depthIn, exitOf } from "./binding_geometry";
import { elbowPoints } from "./elbow";
import { worldPointsOf } from "./local_points";

/** World units that a fresh arrow leaves between its tip and the outline. */
export const GAP = 4;
/** Screen pixels around an outline in which an end sticks to that very point of it. */
export const OUTLINE_REACH = 12;

export function isBindable(element: Element): boolean {
  return !element.locked && ringOf(element) !== null;
}

/**
 * How an arrow's end at `at` holds on to `target`, or null if it is too far away.
 *
 * Near the outline the end keeps the nearest point of it; well inside, it aims at the centre and stops before
 * the outline, wherever the arrow comes from. A frame is held at its outline only: inside lies what is in it.
 */
export function bindingFor(target: Element, at: Vec, zoom: number): Binding | null {
  const reach = OUTLINE_REACH / zoom;
  const ring = ringOf(target);
  if (ring === null) return null;
  const { point, depth } = depthIn(ring, at);
  if (depth < -reach) return null;
  if (depth > reach) return target.type === "frame" ? null : { to: target.id, gap: GAP };
  const local = invertPlace(target.place, point.x, point.y);
  return { to: target.id, at: [round(local.x), round(local.y)] };
}

export function holdsPoint(element: Element, at: Vec): boolean {
  const ring = ringOf(element);
  return ring !== null && polygonContains(ring, at.x, at.y);
}

/** The world points of a line whose ends hold on to elements, as those are now. */
export function boundPoints(
  line: Line | Arrow,
  get: (id: string) => Element | undefined,
): readonly Vec[] {
  const points = worldPointsOf(line);
  if (line.type === "arrow" && line.curve === "elbow") return elbowPoints(line, points, get);
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return points;
  const start = line.start === null ? undefined : get(line.start.to);
  const end = line.end === null ? undefined : get(line.end.to);
  const from = start === undefined ? first : aimOf(line.start, start);
  const to = end === undefined ? last : aimOf(line.end, end);
  const second = points.length > 2 ? (points[1] ?? to) : to;
  const beforeLast = points.length > 2 ? (points.at(-2) ?? from) : from;
  if (start !== undefined) points[0] = endOn(line.start, start, second);
  if (end !== undefined) points[points.length - 1] = endOn(line.end, end, beforeLast);
  return points;
}

/** Where a bound end lies when its line comes from `from`. */
function endOn(binding: Binding | null, target: Element, from: Vec): Vec {
  const aim = aimOf(binding, target);
  const ring = ringOf(target);
  if (binding?.at != null || ring === null) return aim;
  const ray = { x: from.x - aim.x, y: from.y - aim.y };
  const length = Math.hypot(ray.x, ray.y);
  if (length === 0) return aim;
  const along = exitOf(ring, aim, ray);
  const reach = Math.min(1, along + (binding?.gap ?? 0) / length);
  return { x: aim.x + ray.x * reach, y: aim.y + ray.y * reach };
}

function round(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}
