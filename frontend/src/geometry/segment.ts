import type { Box } from "./box";
import type { Vec } from "./place";

/** The squared distance of a point to a segment. */
export function segmentDistanceSquared(
  x: number,
  y: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
  const t = along < 0 ? 0 : along > 1 ? 1 : along;
  const ex = x - ax - t * dx;
  const ey = y - ay - t * dy;
  return ex * ex + ey * ey;
}

/** The distance of a point to the nearest part of a line through flat coordinates; infinite for none. */
export function polylineDistance(points: ArrayLike<number>, x: number, y: number): number {
  if (points.length < 2) return Number.POSITIVE_INFINITY;
  let best = (points[0]! - x) ** 2 + (points[1]! - y) ** 2;
  for (let i = 2; i + 1 < points.length; i += 2) {
    const next = segmentDistanceSquared(
      x,
      y,
      points[i - 2]!,
      points[i - 1]!,
      points[i]!,
      points[i + 1]!,
    );
    if (next < best) best = next;
  }
  return Math.sqrt(best);
}

/** The point of a line through flat coordinates that is nearest to a point; (0, 0) for none. */
export function nearestOnPolyline(points: ArrayLike<number>, x: number, y: number): Vec {
  let best = { x: points[0] ?? 0, y: points[1] ?? 0 };
  let least = (best.x - x) ** 2 + (best.y - y) ** 2;
  for (let i = 2; i + 1 < points.length; i += 2) {
    const [ax, ay] = [points[i - 2]!, points[i - 1]!];
    const dx = points[i]! - ax;
    const dy = points[i + 1]! - ay;
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length;
    const t = Math.min(1, Math.max(0, along));
    const near = { x: ax + t * dx, y: ay + t * dy };
    const away = (near.x - x) ** 2 + (near.y - y) ** 2;
    if (away >= least) continue;
    least = away;
    best = near;
  }
  return best;
}

/** True when any part of the segment lies in the box; Liang and Barsky's clipping. */
export function segmentTouchesBox(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  box: Box,
): boolean {
  const dx = bx - ax;
  const dy = by - ay;
  let enter = 0;
  let leave = 1;
  for (const [step, room] of [
    [-dx, ax - box.minX],
    [dx, box.maxX - ax],
    [-dy, ay - box.minY],
    [dy, box.maxY - ay],
  ] as const) {
    if (step === 0) {
      if (room < 0) return false;
      continue;
    }
    const t = room / step;
    if (step < 0) {
      if (t > leave) return false;
      if (t > enter) enter = t;
    } else {
      if (t < enter) return false;
      if (t < leave) leave = t;
    }
  }
  return true;
}

export function polylineTouchesBox(points: ArrayLike<number>, box: Box): boolean {
  if (points.length < 2) return false;
  if (points.length < 4) {
    return segmentTouchesBox(points[0]!, points[1]!, points[0]!, points[1]!, box);
  }
  for (let i = 2; i + 1 < points.length; i += 2) {
    if (segmentTouchesBox(points[i - 2]!, points[i - 1]!, points[i]!, points[i + 1]!, box)) {
      return true;
    }
  }
  return false;
}
