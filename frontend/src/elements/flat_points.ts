import { decodeFlat } from "../geometry/points";
import { RecentCache } from "./recent_cache";

/** Decoded points as flat arrays: coordinates x0, y0, x1, y1 … and a pressure (0 to 1) for each, if recorded. */
export interface FlatPoints {
  readonly xy: Float32Array;
  readonly pressure: Float32Array | null;
}

const cache = new RecentCache<Uint8Array, FlatPoints>(2000);

/** The points of an element's bytes; bytes that are no encoding count as no points. */
export function flatPoints(bytes: Uint8Array): FlatPoints {
  const known = cache.get(bytes);
  if (known !== undefined) return known;
  const { xy, pressures } = decodeFlat(bytes);
  const flat = {
    xy: Float32Array.from(xy),
    pressure: pressures === null ? null : pressures.map((pressure) => pressure / 255),
  };
  cache.set(bytes, flat);
  return flat;
}
