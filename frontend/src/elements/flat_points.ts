import { decodeInto, HEADER_BYTES, PRESSURE } from "../geometry/points";
import { RecentCache } from "./recent_cache";

/** Decoded points as flat arrays: coordinates x0, y0, x1, y1 … and a pressure (0 to 255) for each, if recorded. */
export interface FlatPoints {
  readonly xy: Float32Array;
  readonly pressures: Float32Array | null;
}

const NONE: FlatPoints = { xy: new Float32Array(0), pressures: null };

const cache = new RecentCache<Uint8Array, FlatPoints>(2000);

/** The points of an element's bytes; bytes that are no encoding count as no points. Kept for a while. */
export function flatPoints(bytes: Uint8Array): FlatPoints {
  const known = cache.get(bytes);
  if (known !== undefined) return known;
  const { xy, pressures } = glance(bytes);
  const flat = { xy: xy.slice(), pressures: pressures === null ? null : pressures.slice() };
  cache.set(bytes, flat);
  return flat;
}

let xyScratch = new Float32Array(4096);
let pressureScratch = new Float32Array(4096);

/**
 * The same without keeping them: the arrays are only good until the next call. For passes over many
 * strokes, which would fill memory with what is looked at once.
 */
export function glance(bytes: Uint8Array): FlatPoints {
  if (bytes.length <= HEADER_BYTES) return NONE;
  if (xyScratch.length < bytes.length) {
    xyScratch = new Float32Array(bytes.length * 2);
    pressureScratch = new Float32Array(bytes.length * 2);
  }
  const count = decodeInto(bytes, xyScratch, pressureScratch);
  if (count === 0) return NONE;
  const recorded = (bytes[0]! & PRESSURE) !== 0;
  return {
    xy: xyScratch.subarray(0, 2 * count),
    pressures: recorded ? pressureScratch.subarray(0, count) : null,
  };
}
