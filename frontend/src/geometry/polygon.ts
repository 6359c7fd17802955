import type { Box } from "./box";
import { polylineTouchesBox } from "./segment";

/** True inside of a closed ring of flat coordinates, by the even-odd rule. */
export function polygonContains(ring: ArrayLike<number>, x: number, y: number): boolean {
  let inside = false;
  const count = ring.length / 2;
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const xi = ring[2 * i]!;
    const yi = ring[2 * i + 1]!;
    const xj = ring[2 * j]!;
    const yj = ring[2 * j + 1]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** True when ring or, if `filled`, its inside has a point in common with the box. */
export function polygonTouchesBox(ring: ArrayLike<number>, box: Box, filled: boolean): boolean {
  if (polylineTouchesBox(closed(ring), box)) return true;
  return filled && polygonContains(ring, box.minX, box.minY);
}

/** The ring with its first point repeated at the end. */
export function closed(ring: ArrayLike<number>): ArrayLike<number> {
  const count = ring.length;
  if (count < 2 || (ring[0] === ring[count - 2] && ring[1] === ring[count - 1])) return ring;
  return [...Array.from(ring), ring[0]!, ring[1]!];
}

/** An ellipse as a ring of flat coordinates. */
export function ellipseRing(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  count = 48,
): Float64Array {
  const ring = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) {
    const angle = (i / count) * 2 * Math.PI;
    ring[2 * i] = cx + rx * Math.cos(angle);
    ring[2 * i + 1] = cy + ry * Math.sin(angle);
  }
  return ring;
}
