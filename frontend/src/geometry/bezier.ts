/** Cubic curves as canvases draw them, flattened for hit tests and bounds. */

/** A piece of a path: its end, after two control points. */
export type Cubic = readonly [
  c1x: number,
  c1y: number,
  c2x: number,
  c2y: number,
  x: number,
  y: number,
];

/**
 * The cubic pieces of a Catmull-Rom curve through flat points (tension as rough.js draws `curve`, with
 * tightness 0): through every point, first and last repeated as their own neighbours.
 */
export function curveThrough(points: ArrayLike<number>): Cubic[] {
  const count = points.length >> 1;
  const at = (index: number, axis: 0 | 1) =>
    points[2 * Math.min(Math.max(index, 0), count - 1) + axis]!;
  const pieces: Cubic[] = [];
  for (let i = 0; i + 1 < count; i++) {
    pieces.push([
      at(i, 0) + (at(i + 1, 0) - at(i - 1, 0)) / 6,
      at(i, 1) + (at(i + 1, 1) - at(i - 1, 1)) / 6,
      at(i + 1, 0) + (at(i, 0) - at(i + 2, 0)) / 6,
      at(i + 1, 1) + (at(i, 1) - at(i + 2, 1)) / 6,
      at(i + 1, 0),
      at(i + 1, 1),
    ]);
  }
  return pieces;
}

/** Flat points of the curve that starts at x, y; `steps` per piece. */
export function flatten(x: number, y: number, pieces: readonly Cubic[], steps = 12): Float32Array {
  const flat = new Float32Array(2 + pieces.length * steps * 2);
  flat[0] = x;
  flat[1] = y;
  let out = 2;
  let [fromX, fromY] = [x, y];
  for (const [c1x, c1y, c2x, c2y, toX, toY] of pieces) {
    for (let i = 1; i <= steps; i++) {
      const t = i / steps;
      const u = 1 - t;
      const [k0, k1, k2, k3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
      flat[out++] = k0 * fromX + k1 * c1x + k2 * c2x + k3 * toX;
      flat[out++] = k0 * fromY + k1 * c1y + k2 * c2y + k3 * toY;
    }
    fromX = toX;
    fromY = toY;
  }
  return flat;
}
