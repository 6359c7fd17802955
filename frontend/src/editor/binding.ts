import { ringOf } from "../elements/registry";
import type { Arrow, Binding, Element, Line } from "../generated/protocol";
import { applyPlace, invertPlace, type Vec } from "../geometry/place";
import { closed, polygonContains } from "../geometry/polygon";
import { nearestOnPolyline } from "../geometry/segment";
import { worldPointsOf } from "./local_points";
import { boxOf, centreOf } from "./selection_box";
import { rotated } from "./transform";

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

/** Where a bound end points to. */
function aimOf(binding: Binding | null, target: Element): Vec {
  if (binding?.at != null) return applyPlace(target.place, binding.at[0], binding.at[1]);
  const box = boxOf(target);
  const focus = binding?.focus ?? 0;
  if (focus === 0) return centreOf(box);
  const shift = rotated({ x: (focus * box.width) / 2, y: (focus * box.height) / 2 }, box.angle);
  const centre = centreOf(box);
  return { x: centre.x + shift.x, y: centre.y + shift.y };
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

/** How far along `ray` from `start` it leaves a ring for the last time; 1 is the ray's length. */
function exitOf(ring: Float64Array, start: Vec, ray: Vec): number {
  let exit = 0;
  const count = ring.length;
  for (let i = 0; i < count; i += 2) {
    const ax = ring[i]! - start.x;
    const ay = ring[i + 1]! - start.y;
    const dx = ring[(i + 2) % count]! - start.x - ax;
    const dy = ring[(i + 3) % count]! - start.y - ay;
    const cross = ray.x * dy - ray.y * dx;
    if (cross === 0) continue;
    const side = (ray.y * ax - ray.x * ay) / cross;
    if (side < 0 || side > 1) continue;
    exit = Math.max(exit, (ax * dy - ay * dx) / cross);
  }
  return exit;
}

/** The nearest point of a ring, and how far away it is in world units: positive inside. */
function depthIn(ring: Float64Array, at: Vec): { readonly point: Vec; readonly depth: number } {
  const point = nearestOnPolyline(closed(ring), at.x, at.y);
  const away = Math.hypot(at.x - point.x, at.y - point.y);
  return { point, depth: polygonContains(ring, at.x, at.y) ? away : -away };
}

function round(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}
