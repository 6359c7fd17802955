import type { Box } from "../../geometry/box";
import { type Axis, alignedLines, alignment, stopsOf } from "./aligning";
import type { Guide, Snap } from "./guide";
import { equalGaps, equalSpacing } from "./spacing";

export interface SnapOptions {
  /** World units within which something snaps. */
  readonly reach: number;
  /** Along which axes it may be shifted; both unless said. */
  readonly axes?: readonly Axis[];
}

const BOTH: readonly Axis[] = ["x", "y"];

/** Where a box that is moved comes to rest beside others: the nearest line or equal distance on each axis. */
export function snapBox(box: Box, others: readonly Box[], options: SnapOptions): Snap {
  const shift = { x: 0, y: 0 };
  const axes = options.axes ?? BOTH;
  for (const axis of axes) {
    const aligned = alignment(stopsOf(box, axis), others, axis, options.reach);
    const spaced = equalSpacing(box, others, axis, options.reach);
    shift[axis] = nearer(aligned, spaced);
  }
  const moved = shifted(box, shift.x, shift.y);
  const guides: Guide[] = [];
  for (const axis of axes) {
    guides.push(...alignedLines(moved, stopsOf(moved, axis), others, axis));
    guides.push(...equalGaps(moved, others, axis));
  }
  return { dx: shift.x, dy: shift.y, guides };
}

/** The same for a corner or an edge that is pulled: only the pulled point snaps, and only to lines. */
export function snapPoint(
  x: number,
  y: number,
  others: readonly Box[],
  options: SnapOptions,
): Snap {
  const axes = options.axes ?? BOTH;
  const point = { minX: x, minY: y, maxX: x, maxY: y };
  const dx = axes.includes("x") ? (alignment([x], others, "x", options.reach) ?? 0) : 0;
  const dy = axes.includes("y") ? (alignment([y], others, "y", options.reach) ?? 0) : 0;
  const moved = shifted(point, dx, dy);
  const guides = axes.flatMap((axis) => alignedLines(moved, stopsOf(moved, axis), others, axis));
  return { dx, dy, guides };
}

function nearer(a: number | null, b: number | null): number {
  if (a === null || b === null) return a ?? b ?? 0;
  return Math.abs(b) < Math.abs(a) ? b : a;
}

function shifted(box: Box, dx: number, dy: number): Box {
  return {
    minX: box.minX + dx,
    minY: box.minY + dy,
    maxX: box.maxX + dx,
    maxY: box.maxY + dy,
  };
}
