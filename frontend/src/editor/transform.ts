import type { Place } from "../generated/protocol";
import { applyPlace, type Vec, wrapAngle } from "../geometry/place";

/** What stretching along a turned selection box asks of places beyond `geometry/place`. */

export function rotated(point: Vec, angle: number, about: Vec = { x: 0, y: 0 }): Vec {
  const dx = point.x - about.x;
  const dy = point.y - about.y;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return { x: about.x + dx * cos - dy * sin, y: about.y + dx * sin + dy * cos };
}

/** Whether the place's axes lie along those of a frame turned by `angle`: it can be stretched one way only. */
export function liesAlong(place: Place, angle: number): boolean {
  return Math.abs(Math.sin(2 * (place[4] - angle))) < 1e-9;
}

/**
 * The place stretched by `fx`, `fy` about `anchor` along the axes of a frame turned by `angle`.
 *
 * Exact for places that lie along the frame, and for all others where `|fx|` = `|fy|`; else the others would
 * have to be sheared, which a place cannot say, and are scaled evenly instead.
 */
export function scaledPlace(
  place: Place,
  anchor: Vec,
  fx: number,
  fy: number,
  angle: number,
): Place {
  const from = rotated({ x: place[0] - anchor.x, y: place[1] - anchor.y }, -angle);
  const to = rotated({ x: from.x * fx, y: from.y * fy }, angle);
  const x = anchor.x + to.x;
  const y = anchor.y + to.y;
  const turn = place[4] - angle;
  if (Math.abs(Math.sin(turn)) < 1e-9) return [x, y, place[2] * fx, place[3] * fy, place[4]];
  if (Math.abs(Math.cos(turn)) < 1e-9) return [x, y, place[2] * fy, place[3] * fx, place[4]];
  const even = Math.sqrt(Math.abs(fx * fy));
  const mirrored = fx * fy < 0;
  return [
    x,
    y,
    place[2] * even * Math.sign(fx),
    place[3] * even * Math.sign(fy),
    // A mirror turns a rotation around: F·R(a) = R(-a)·F.
    wrapAngle(mirrored ? angle - turn : place[4]),
  ];
}

/** The same unit square without negative width or height: a box that was flipped is a box. */
export function unflipped(place: Place): Place {
  const corner = applyPlace(place, place[2] < 0 ? 1 : 0, place[3] < 0 ? 1 : 0);
  return [corner.x, corner.y, Math.abs(place[2]), Math.abs(place[3]), place[4]];
}
