import type { Arrow, Binding, Element, Line } from "../generated/protocol";
import { applyPlace, invertPlace, type Vec } from "../geometry/place";
import { worldPointsOf } from "./local_points";
import { boxOf, centreOf, type SelectionBox } from "./selection_box";
import { rotated } from "./transform";

/** World units that a fresh arrow leaves between its tip and the outline. */
export const GAP = 4;
/** Screen pixels around an outline in which an end sticks to that very point of it. */
export const OUTLINE_REACH = 12;

export function isBindable({ type, locked }: Element): boolean {
  if (locked) return false;
  return type !== "line" && type !== "arrow" && type !== "freedraw" && type !== "frame";
}

/**
 * How an arrow's end at `at` holds on to `target`, or null if it is too far away.
 *
 * Near the outline the end keeps that point of the shape; well inside, it aims at the centre and stops before
 * the outline, wherever the arrow comes from.
 */
export function bindingFor(target: Element, at: Vec, zoom: number): Binding | null {
  const box = boxOf(target);
  const reach = OUTLINE_REACH / zoom;
  const depth = depthIn(target, box, at);
  if (depth < -reach) return null;
  if (depth > reach) return { to: target.id, gap: GAP };
  const local = invertPlace(target.place, at.x, at.y);
  return { to: target.id, at: [round(local.x), round(local.y)] };
}

export function holdsPoint(element: Element, at: Vec): boolean {
  return depthIn(element, boxOf(element), at) >= 0;
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
  if (binding?.at != null) return aim;
  const box = boxOf(target);
  const centre = centreOf(box);
  const start = rotated({ x: aim.x - centre.x, y: aim.y - centre.y }, -box.angle);
  const ray = rotated({ x: from.x - aim.x, y: from.y - aim.y }, -box.angle);
  const length = Math.hypot(ray.x, ray.y);
  if (length === 0) return aim;
  const along = exitOf(target, box.width / 2, box.height / 2, start, ray);
  const reach = Math.min(1, along + (binding?.gap ?? 0) / length);
  return { x: aim.x + (from.x - aim.x) * reach, y: aim.y + (from.y - aim.y) * reach };
}

/** How far along `ray` from `start`, both about the centre, the outline is; 1 is the ray's length. */
function exitOf(
  target: Element,
  halfWidth: number,
  halfHeight: number,
  start: Vec,
  ray: Vec,
): number {
  const a = Math.max(halfWidth, 1e-6);
  const b = Math.max(halfHeight, 1e-6);
  if (target.type === "ellipse") {
    const [px, py, dx, dy] = [start.x / a, start.y / b, ray.x / a, ray.y / b];
    const qa = dx * dx + dy * dy;
    const qb = px * dx + py * dy;
    const root = qb * qb - qa * (px * px + py * py - 1);
    return root < 0 ? 0 : Math.max(0, (Math.sqrt(root) - qb) / qa);
  }
  if (target.type === "diamond") {
    const exits: number[] = [];
    for (const [u, v] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const) {
      const speed = (u * ray.x) / a + (v * ray.y) / b;
      if (speed > 0) exits.push((1 - (u * start.x) / a - (v * start.y) / b) / speed);
    }
    return Math.max(0, Math.min(...exits));
  }
  const x = ray.x === 0 ? Infinity : (Math.sign(ray.x) * a - start.x) / ray.x;
  const y = ray.y === 0 ? Infinity : (Math.sign(ray.y) * b - start.y) / ray.y;
  return Math.max(0, Math.min(x, y));
}

/** World units from the outline to a point, positive inside. Exact for boxes, near enough for the others. */
function depthIn(target: Element, box: SelectionBox, at: Vec): number {
  const centre = centreOf(box);
  const inner = rotated({ x: at.x - centre.x, y: at.y - centre.y }, -box.angle);
  const a = Math.max(box.width / 2, 1e-6);
  const b = Math.max(box.height / 2, 1e-6);
  const x = Math.abs(inner.x);
  const y = Math.abs(inner.y);
  if (target.type === "diamond") return ((1 - x / a - y / b) * a * b) / Math.hypot(a, b);
  if (target.type === "ellipse") {
    const share = Math.hypot(x / a, y / b);
    return share === 0 ? Math.min(a, b) : Math.hypot(x, y) * (1 / share - 1);
  }
  const outX = x - a;
  const outY = y - b;
  return outX > 0 && outY > 0 ? -Math.hypot(outX, outY) : -Math.max(outX, outY);
}

function round(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}
