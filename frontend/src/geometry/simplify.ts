import { segmentDistanceSquared } from "./segment";

/**
 * Which points of a line a drawing with this error needs: every point left out lies within `error`
 * of the line through those kept. Ramer's and Douglas and Peucker's algorithm, without recursion.
 *
 * `points` are flat coordinates; the answer is the flat coordinates kept, first and last always.
 */
export function simplify(points: Float32Array, error: number): Float32Array {
  const count = points.length >> 1;
  if (count <= 2 || !(error > 0)) return points;
  if (marks.length < count) marks = new Uint8Array(count * 2);
  else marks.fill(0, 0, count);
  marks[0] = 1;
  marks[count - 1] = 1;
  const limit = error * error;
  let kept = 2;
  stack.length = 0;
  stack.push(0, count - 1);
  while (stack.length > 0) {
    const last = stack.pop()!;
    const first = stack.pop()!;
    const ax = points[2 * first]!;
    const ay = points[2 * first + 1]!;
    const bx = points[2 * last]!;
    const by = points[2 * last + 1]!;
    let worst = limit;
    let at = -1;
    for (let i = first + 1; i < last; i++) {
      const distance = segmentDistanceSquared(points[2 * i]!, points[2 * i + 1]!, ax, ay, bx, by);
      if (distance > worst) {
        worst = distance;
        at = i;
      }
    }
    if (at < 0) continue;
    marks[at] = 1;
    kept++;
    if (at - first > 1) stack.push(first, at);
    if (last - at > 1) stack.push(at, last);
  }
  if (kept === count) return points;
  const result = new Float32Array(kept * 2);
  let out = 0;
  for (let i = 0; i < count; i++) {
    if (marks[i] === 0) continue;
    result[out++] = points[2 * i]!;
    result[out++] = points[2 * i + 1]!;
  }
  return result;
}

// Scratch of one call, kept so that simplifying ten thousand strokes allocates only their results.
let marks = new Uint8Array(1024);
const stack: number[] = [];

/** Zoom bands are powers of two: what is simplified for a band serves every zoom in it. */
export function zoomBand(zoom: number): number {
  return Math.ceil(Math.log2(Math.max(zoom, 1e-6)));
}

/** A quarter of a device pixel at the largest zoom of the band, in world units. */
export function bandError(band: number): number {
  return 0.25 / 2 ** band;
}
