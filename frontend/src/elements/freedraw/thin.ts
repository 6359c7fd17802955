/** Ink from afar: as few points as the zoom needs, one width. */
import type { Freedraw } from "../../generated/protocol";
import { bandError, simplify, zoomBand } from "../../geometry/simplify";
import { flatPoints } from "../flat_points";
import { HIGHLIGHTER_WIDTH, penRadius, simulatedPressure } from "./pen";

interface Thin {
  readonly band: number;
  readonly sx: number;
  readonly sy: number;
  readonly points: Float32Array;
}

const thins = new WeakMap<Uint8Array, Thin>();
const widths = new WeakMap<Uint8Array, { strokeWidth: number; width: number }>();

/** Flat points, scaled as the place says, within a quarter of a pixel of the stroke at this scale. */
export function thinPoints(element: Freedraw, scale: number): Float32Array {
  const band = zoomBand(scale);
  const [, , sx, sy] = element.place;
  const known = thins.get(element.points);
  if (known !== undefined && known.band === band && known.sx === sx && known.sy === sy) {
    return known.points;
  }
  const points = simplify(scaledPoints(element), bandError(band));
  thins.set(element.points, { band, sx, sy, points });
  return points;
}

/** All its flat points, scaled as the place says. */
export function scaledPoints(element: Freedraw): Float32Array {
  const { xy } = flatPoints(element.points);
  const [, , sx, sy] = element.place;
  if (sx === 1 && sy === 1) return xy;
  const scaled = new Float32Array(xy.length);
  for (let i = 0; i < xy.length; i += 2) {
    scaled[i] = xy[i]! * sx;
    scaled[i + 1] = xy[i + 1]! * sy;
  }
  return scaled;
}

/** The width of a stroke's ink, averaged over its length, in world units. */
export function meanWidth(element: Freedraw): number {
  const { strokeWidth, points } = element;
  if (element.brush === "highlighter") return strokeWidth * HIGHLIGHTER_WIDTH;
  const known = widths.get(points);
  if (known !== undefined && known.strokeWidth === strokeWidth) return known.width;
  const { xy, pressure } = flatPoints(points);
  let before = 0.5;
  let sum = 0;
  let length = 0;
  for (let i = 2; i < xy.length; i += 2) {
    const distance = Math.hypot(xy[i]! - xy[i - 2]!, xy[i + 1]! - xy[i - 1]!);
    before =
      pressure === null ? simulatedPressure(before, distance, strokeWidth) : pressure[i / 2]!;
    sum += distance * penRadius(strokeWidth, before);
    length += distance;
  }
  const width = 2 * (length > 0 ? sum / length : penRadius(strokeWidth, pressure?.[0] ?? 0.5));
  widths.set(points, { strokeWidth, width });
  return width;
}
