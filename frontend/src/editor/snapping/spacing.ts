/** Equal distances between boxes that stand in a row. */
import type { Box } from "../../geometry/box";
import type { Axis } from "./aligning";
import type { Guide } from "./guide";

/** A box seen along the row: from, to, and its extent across. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
}

/** Boxes that face at most so many others in their row are asked: more is no row that anybody sees. */
const LONGEST_ROW = 40;
const SAME = 1e-3;

function spanOf(box: Box, axis: Axis): Span {
  return axis === "x"
    ? { from: box.minX, to: box.maxX, low: box.minY, high: box.maxY }
    : { from: box.minY, to: box.maxY, low: box.minX, high: box.maxX };
}

/** Those that stand in one row with the box, first to last, none on another. */
function rowOf(box: Span, others: readonly Box[], axis: Axis): readonly Span[] {
  const row = others
    .map((other) => spanOf(other, axis))
    .filter((other) => other.low < box.high && other.high > box.low)
    .sort((a, b) => a.from - b.from);
  if (row.length > LONGEST_ROW) return [];
  // What holds another one, such as a frame, is not a member of the row.
  return row.filter(
    (one) => !row.some((two) => two !== one && one.from <= two.from && one.to >= two.to),
  );
}

/** The smallest shift within `reach` after which two distances in the row of `box` are equal; null for none. */
export function equalSpacing(
  box: Box,
  others: readonly Box[],
  axis: Axis,
  reach: number,
): number | null {
  const mover = spanOf(box, axis);
  const length = mover.to - mover.from;
  const row = rowOf(mover, others, axis);
  const starts: number[] = [];
  for (let i = 1; i < row.length; i++) {
    const a = row[i - 1] as Span;
    const b = row[i] as Span;
    const gap = b.from - a.to;
    if (gap <= 0) continue;
    starts.push(b.to + gap, a.from - gap - length);
    if (gap > length) starts.push(a.to + (gap - length) / 2);
  }
  let best: number | null = null;
  for (const start of starts) {
    const shift = start - mover.from;
    if (Math.abs(shift) <= (best === null ? reach : Math.abs(best))) best = shift;
  }
  return best;
}

/** The equal distances of which one touches `box`, each as a line between two boxes. */
export function equalGaps(box: Box, others: readonly Box[], axis: Axis): Guide[] {
  const mover = spanOf(box, axis);
  const row = [...rowOf(mover, others, axis), mover].sort((a, b) => a.from - b.from);
  const at = row.indexOf(mover);
  const gapAfter = (i: number): number => {
    const [a, b] = [row[i], row[i + 1]];
    return a === undefined || b === undefined ? Number.NaN : b.from - a.to;
  };
  const equal = new Set<number>();
  // Next to the box on either side; beyond it, the same distance once more.
  for (const [i, j] of [
    [at - 1, at],
    [at, at + 1],
    [at - 1, at - 2],
  ] as const) {
    const gap = gapAfter(i);
    if (gap > 0 && Math.abs(gap - gapAfter(j)) < SAME) equal.add(i).add(j);
  }
  return [...equal].map((i) => {
    const [a, b] = [row[i] as Span, row[i + 1] as Span];
    const across = (Math.max(a.low, b.low) + Math.min(a.high, b.high)) / 2;
    return axis === "x"
      ? { from: { x: a.to, y: across }, to: { x: b.from, y: across }, gap: true }
      : { from: { x: across, y: a.to }, to: { x: across, y: b.from }, gap: true };
  });
}
