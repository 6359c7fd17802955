import type { Vec } from "../../geometry/place";

const STEP = Math.PI / 12;

/** `to` on the nearest ray from `from` in steps of 15 degrees. */
export function snappedAngle(from: Vec, to: Vec): Vec {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / STEP) * STEP;
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}
