import type { Box } from "../../geometry/box";
import type { Vec } from "../../geometry/place";
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
  const axes = options.axes ?? BOTH;
  const lines = (axis: Axis) => alignment(stopsOf(box, axis), others, axis, options.reach);
  const shift = { x: 0, y: 0 };
  for (const axis of axes) {
    shift[axis] = nearer(lines(axis), equalSpacing(box, others, axis, options.reach));
  }
  // A shift along one axis may end the distances along the other, for things are neighbours no more: lines remain.
  for (const axis of axes) {
    if (shift[axis] !== 0 && guidesAlong(axis, box, shift, others).length === 0) {
      shift[axis] = lines(axis) ?? 0;
    }
  }
  const guides = axes.flatMap((axis) => guidesAlong(axis, box, shift, others));
  return { dx: shift.x, dy: shift.y, guides };
}

function guidesAlong(axis: Axis, box: Box, shift: Vec, others: readonly Box[]): Guide[] {
  const moved = shifted(box, shift.x, shift.y);
  return [
    ...alignedLines(moved, stopsOf(moved, axis), others, axis),
    ...equalGaps(moved, others, axis),
  ];
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
