/** Ink from afar: as few points as the zoom needs, one width. */
import type { Freedraw } from "../../generated/protocol";
import { bandError, simplify, zoomBand } from "../../geometry/simplify";
import { type FlatPoints, flatPoints, glance } from "../flat_points";
import { HIGHLIGHTER_WIDTH, penRadius, simulatedPressure } from "./pen";

interface Thin {
  readonly band: number;
  readonly sx: number;
  readonly sy: number;
  readonly strokeWidth: number;
  /** Flat points, scaled as the place says. */
  readonly points: Float32Array;
  /** The width of the ink, averaged over its length, in world units. */
  readonly width: number;
  /** How far the points that it was drawn with lie apart on average, in world units. */
  readonly spacing: number;
}

/** What was made for a zoom up to so many bands closer is good enough: no worse, a little slower. */
const BANDS_CLOSER = 2;

const thins = new WeakMap<Uint8Array, Thin>();

/** The stroke within a quarter of a pixel at this scale (device pixels per world unit). */
export function thinOf(element: Freedraw, scale: number): Thin {
  const band = zoomBand(scale);
  const [, , sx, sy] = element.place;
  const { strokeWidth } = element;
  const known = thins.get(element.points);
  if (
    known !== undefined &&
    known.band >= band &&
    known.band <= band + BANDS_CLOSER &&
    known.sx === sx &&
    known.sy === sy &&
    known.strokeWidth === strokeWidth
  ) {
    return known;
  }
  const flat = glance(element.points);
  const all = scaled(flat.xy, sx, sy);
  const few = simplify(all, bandError(band));
  const { width, length } = measure(flat, strokeWidth);
  const gaps = Math.max(1, flat.xy.length / 2 - 1);
  const thin: Thin = {
    band,
    sx,
    sy,
    strokeWidth,
    // What nothing was left out of is still the scratch of the decoder.
    points: few === flat.xy ? few.slice() : few,
    width,
    spacing: (length / gaps) * Math.max(Math.abs(sx), Math.abs(sy)),
  };
  thins.set(element.points, thin);
  return thin;
}

/** All its flat points, scaled as the place says. */
export function scaledPoints(element: Freedraw): Float32Array {
  const [, , sx, sy] = element.place;
  return scaled(flatPoints(element.points).xy, sx, sy);
}

/** The width of a stroke's ink, averaged over its length, in world units. */
export function inkWidth(element: Freedraw): number {
  const { strokeWidth, brush, points } = element;
  if (brush === "highlighter") return strokeWidth * HIGHLIGHTER_WIDTH;
  const known = thins.get(points);
  if (known !== undefined && known.strokeWidth === strokeWidth) return known.width;
  return measure(flatPoints(points), strokeWidth).width;
}

function scaled(xy: Float32Array, sx: number, sy: number): Float32Array {
  if (sx === 1 && sy === 1) return xy;
  const result = new Float32Array(xy.length);
  for (let i = 0; i < xy.length; i += 2) {
    result[i] = xy[i]! * sx;
    result[i + 1] = xy[i + 1]! * sy;
  }
  return result;
}

/** The pressure before the first point, as perfect-freehand averages it. */
const USUAL = 0.5;

/** The width of the ink, averaged over its length, and that length before it is scaled. */
function measure(
  { xy, pressures }: FlatPoints,
  strokeWidth: number,
): { width: number; length: number } {
  let pressure = USUAL;
  let sum = 0;
  let length = 0;
  for (let i = 2; i < xy.length; i += 2) {
    const dx = xy[i]! - xy[i - 2]!;
    const dy = xy[i + 1]! - xy[i - 1]!;
    const distance = Math.sqrt(dx * dx + dy * dy);
    pressure =
      pressures === null
        ? simulatedPressure(pressure, distance, strokeWidth)
        : pressures[i / 2]! / 255;
    sum += distance * pressure;
    length += distance;
  }
  const first = pressures === null ? USUAL : (pressures[0] ?? 0) / 255;
  // The radius of the mean pressure: within a few percent of the mean of the radii.
  return { width: 2 * penRadius(strokeWidth, length > 0 ? sum / length : first), length };
}
