/** Where bindings point to, and where that meets the outline of the shape. */
import type { Binding, Element } from "../generated/protocol";
import { applyPlace, type Vec } from "../geometry/place";
import { closed, polygonContains } from "../geometry/polygon";
import { nearestOnPolyline } from "../geometry/segment";
import { boxOf, centreOf } from "./selection_box";
import { rotated } from "./transform";

/** Where a bound end points to. */
export function aimOf(binding: Binding | null, target: Element): Vec {
  if (binding?.at != null) return applyPlace(target.place, binding.at[0], binding.at[1]);
  const box = boxOf(target);
  const focus = binding?.focus ?? 0;
  if (focus === 0) return centreOf(box);
  const shift = rotated({ x: (focus * box.width) / 2, y: (focus * box.height) / 2 }, box.angle);
  const centre = centreOf(box);
  return { x: centre.x + shift.x, y: centre.y + shift.y };
}

/** How far along `ray` from `start` it leaves a ring for the last time; 1 is the ray's length. */
export function exitOf(ring: Float64Array, start: Vec, ray: Vec): number {
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
export function depthIn(
  ring: Float64Array,
  at: Vec,
): { readonly point: Vec; readonly depth: number } {
  const point = nearestOnPolyline(closed(ring), at.x, at.y);
  const away = Math.hypot(at.x - point.x, at.y - point.y);
  return { point, depth: polygonContains(ring, at.x, at.y) ? away : -away };
}
