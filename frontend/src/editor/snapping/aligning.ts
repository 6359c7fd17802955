/** Edges and centres that come to lie on one line with those of other boxes. */
import type { Box } from "../../geometry/box";
import type { Guide } from "./guide";

export type Axis = "x" | "y";

/** The values of a box along an axis that may lie on a line: both edges and the centre. */
export function stopsOf(box: Box, axis: Axis): readonly number[] {
  const [min, max] = axis === "x" ? [box.minX, box.maxX] : [box.minY, box.maxY];
  return min === max ? [min] : [min, (min + max) / 2, max];
}

/** The smallest shift within `reach` that brings one of `stops` to one of another box; null for none. */
export function alignment(
  stops: readonly number[],
  others: readonly Box[],
  axis: Axis,
  reach: number,
): number | null {
  let best: number | null = null;
  let least = reach;
  for (const other of others) {
    for (const target of stopsOf(other, axis)) {
      for (const stop of stops) {
        const shift = target - stop;
        // Of two that are equally near, the first: centres must not jitter between neighbours.
        if (Math.abs(shift) > least || (best !== null && Math.abs(shift) === least)) continue;
        least = Math.abs(shift);
        best = shift;
      }
    }
  }
  return best;
}

/** World units within which two stops lie on one line: less than rounding on the way could move them. */
const SAME = 1e-3;

/** A line for each value on which a stop of `box` lies together with others', from the first to the last of them. */
export function alignedLines(
  box: Box,
  stops: readonly number[],
  others: readonly Box[],
  axis: Axis,
): Guide[] {
  const guides: Guide[] = [];
  for (const stop of stops) {
    let [from, to] = axis === "x" ? [box.minY, box.maxY] : [box.minX, box.maxX];
    let met = false;
    for (const other of others) {
      if (!stopsOf(other, axis).some((target) => Math.abs(target - stop) < SAME)) continue;
      met = true;
      from = Math.min(from, axis === "x" ? other.minY : other.minX);
      to = Math.max(to, axis === "x" ? other.maxY : other.maxX);
    }
    if (!met) continue;
    guides.push(
      axis === "x"
        ? { from: { x: stop, y: from }, to: { x: stop, y: to } }
        : { from: { x: from, y: stop }, to: { x: to, y: stop } },
    );
  }
  return guides;
}
