import type { Place } from "../generated/protocol";
import type { Box } from "../geometry/box";
import { polygonContains } from "../geometry/polygon";
import { polylineTouchesBox } from "../geometry/segment";

/** True when flat points (already scaled), moved and turned by the place, touch a box of the world. */
export function touchesTurned(
  place: Place,
  points: Float32Array,
  box: Box,
  filled: boolean,
): boolean {
  const world = new Float64Array(points.length);
  const cos = Math.cos(place[4]);
  const sin = Math.sin(place[4]);
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    world[i] = cos * x - sin * y + place[0];
    world[i + 1] = sin * x + cos * y + place[1];
  }
  if (polylineTouchesBox(world, box)) return true;
  return filled && polygonContains(world, box.minX, box.minY);
}
