/**
 * The encoding of points: zigzag varint deltas, 2 to 4 bytes a point (docs/protocol.md, rules E1 to E5).
 *
 * Byte 0 flags, byte 1 the shift (one unit is 2^-shift world units), then dx, dy, and pressure and time where
 * flagged. The same as `backend/inkwire/protocol/points.py`; golden vectors hold the two equal. The zigzag mapping
 * and base-128 varints are those of Protocol Buffers.
 */
import { MAX_COORDINATE, MAX_POINTS } from "../generated/limits";

export const PRESSURE = 1;
export const TIME = 2;
export const MAX_SHIFT = 12;
export const HEADER_BYTES = 2;
export const TIME_STEP_MS = 4;

const MAX_VARINT_BYTES = 5;
const DELTA_LIMIT = 2 ** 35;

/** `x`, `y` in local units, `pressure` 0 to 1, `time` in ms since the stroke began. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly time: number;
}

/** Points in flat arrays: `xy` holds x and y in turn; `pressures` and `times` (ms) only where the bytes carry them. */
export interface FlatPoints {
  readonly count: number;
  readonly xy: Float64Array;
  readonly pressures: Float32Array | null;
  readonly times: Float64Array | null;
}

const NO_POINTS: FlatPoints = {
  count: 0,
  xy: new Float64Array(0),
  pressures: null,
  times: null,
};

/** How many points `bytes` hold, or null if they are not an encoding. */
export function countPoints(bytes: Uint8Array): number | null {
  if (bytes.length === 0) return 0;
  const [flags = 0, shift = 0] = bytes;
  if (bytes.length < HEADER_BYTES || flags > (PRESSURE | TIME) || shift > MAX_SHIFT) return null;
  let numbers = 0;
  let length = 0;
  let longest = 0;
  for (let i = HEADER_BYTES; i < bytes.length; i++) {
    length++;
    if ((bytes[i] as number) < 0x80) {
      numbers++;
      if (length > longest) longest = length;
      length = 0;
    } else if (length >= MAX_VARINT_BYTES) return null;
  }
  const count = numbers / fieldsOf(flags);
  if (length !== 0 || !Number.isInteger(count) || count > MAX_POINTS) return null;
  // As if each difference were the widest of its size: only what is that wide has to be decoded.
  const farthest = (count * 2 ** (7 * longest - 1)) / 2 ** shift;
  if (farthest > MAX_COORDINATE && leavesTheWorld(decodeWhole(bytes, count, bytes.length)))
    return null;
  return count;
}

function leavesTheWorld({ xy }: FlatPoints): boolean {
  return xy.some((each) => Math.abs(each) > MAX_COORDINATE);
}

/** The points of an encoding; none where the bytes are not one. */
export function decodeFlat(bytes: Uint8Array): FlatPoints {
  const count = countPoints(bytes) ?? 0;
  if (count === 0) return NO_POINTS;
  return decodeWhole(bytes, count, bytes.length);
}

/**
 * Decodes into arrays of the caller's, without allocating: `xy` takes x and y in turn, `pressures` (0 to 255) one
 * number a point. Both have to hold as many numbers as `bytes` has bytes. Answers how many points there are; 0 where the
 * bytes are not an encoding.
 */
export function decodeInto(bytes: Uint8Array, xy: Float32Array, pressures: Float32Array): number {
  const end = bytes.length;
  const flags = bytes[0] as number;
  const shift = bytes[1] as number;
  if (end < HEADER_BYTES || flags > (PRESSURE | TIME) || shift > MAX_SHIFT) return 0;
  const scale = 2 ** -shift;
  const farthest = MAX_COORDINATE / scale;
  const fields = fieldsOf(flags);
  const pressureAt = flags & PRESSURE ? 2 : -1;
  let [x, y, pressure] = [0, 0, 0];
  let count = 0;
  let field = 0;
  let i = HEADER_BYTES;
  while (i < end) {
    let byte = bytes[i++] as number;
    let zigzag = byte & 0x7f;
    let weight = 0x80;
    // Not `<<`: a number may need 35 bits, and shifts cut at 32.
    while (byte >= 0x80) {
      if (i === end || weight > 0x1000_0000) return 0;
      byte = bytes[i++] as number;
      zigzag += (byte & 0x7f) * weight;
      weight *= 0x80;
    }
    const delta = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    if (field === 0) {
      x += delta;
      if (x > farthest || x < -farthest) return 0;
      xy[2 * count] = x * scale;
    } else if (field === 1) {
      y += delta;
      if (y > farthest || y < -farthest) return 0;
      xy[2 * count + 1] = y * scale;
    } else if (field === pressureAt) {
      pressure += delta;
      pressures[count] = pressure < 0 ? 0 : pressure > 255 ? 255 : pressure;
    }
    if (++field === fields) {
      field = 0;
      count++;
    }
  }
  return field === 0 && count <= MAX_POINTS ? count : 0;
}

/** The points of a stroke that is still arriving: an incomplete last point is left for later. */
export function decodeArrived(bytes: Uint8Array): FlatPoints {
  if (bytes.length < HEADER_BYTES) return NO_POINTS;
  const fields = fieldsOf(bytes[0] as number);
  let numbers = 0;
  let end = HEADER_BYTES;
  for (let i = HEADER_BYTES; i < bytes.length; i++) {
    if ((bytes[i] as number) < 0x80 && ++numbers % fields === 0) end = i + 1;
  }
  return decodeFlat(bytes.subarray(0, end));
}

/** The points of an encoding, one object each; none where the bytes are not one. */
export function decodePoints(bytes: Uint8Array): InkPoint[] {
  const { count, xy, pressures, times } = decodeFlat(bytes);
  const points: InkPoint[] = [];
  for (let i = 0; i < count; i++) {
    points.push({
      x: xy[2 * i] as number,
      y: xy[2 * i + 1] as number,
      pressure: pressures === null ? 0.5 : (pressures[i] as number) / 255,
      time: times?.[i] ?? 0,
    });
  }
  return points;
}

/**
 * The encoding of points, rounded to 2^-shift world units.
 *
 * Throws `RangeError` for a shift outside of 0 to 12, or for a delta that 35 bits do not hold.
 */
export function encodePoints(
  points: readonly InkPoint[],
  options: { readonly shift?: number; readonly pressure?: boolean; readonly time?: boolean } = {},
): Uint8Array {
  const { shift = 4, pressure = false, time = false } = options;
  if (!(shift >= 0 && shift <= MAX_SHIFT)) throw new RangeError(`shift is ${shift}`);
  const fields = 2 + Number(pressure) + Number(time);
  const out = new Uint8Array(HEADER_BYTES + points.length * fields * MAX_VARINT_BYTES);
  out[0] = (pressure ? PRESSURE : 0) | (time ? TIME : 0);
  out[1] = shift;
  const scale = 2 ** shift;
  let at = HEADER_BYTES;
  let [x, y, p, t] = [0, 0, 0, 0];
  for (const point of points) {
    const nextX = nearest(point.x * scale);
    const nextY = nearest(point.y * scale);
    at = writeDelta(out, at, nextX - x);
    at = writeDelta(out, at, nextY - y);
    [x, y] = [nextX, nextY];
    if (pressure) {
      const next = nearest(Math.min(1, Math.max(0, point.pressure)) * 255);
      at = writeDelta(out, at, next - p);
      p = next;
    }
    if (time) {
      const next = nearest(point.time / TIME_STEP_MS);
      at = writeDelta(out, at, next - t);
      t = next;
    }
  }
  return out.slice(0, at);
}

/** Half up, by the same operations as the server. */
function nearest(value: number): number {
  return Math.floor(value + 0.5);
}

function fieldsOf(flags: number): number {
  return 2 + (flags & PRESSURE ? 1 : 0) + (flags & TIME ? 1 : 0);
}

function decodeWhole(bytes: Uint8Array, count: number, end: number): FlatPoints {
  const flags = bytes[0] as number;
  const scale = 2 ** -(bytes[1] as number);
  const fields = fieldsOf(flags);
  const pressureAt = flags & PRESSURE ? 2 : -1;
  const xy = new Float64Array(2 * count);
  const pressures = flags & PRESSURE ? new Float32Array(count) : null;
  const times = flags & TIME ? new Float64Array(count) : null;
  let [x, y, pressure, time] = [0, 0, 0, 0];
  let point = 0;
  let field = 0;
  let zigzag = 0;
  let weight = 1;
  for (let i = HEADER_BYTES; i < end; i++) {
    const byte = bytes[i] as number;
    // Not `<<`: a number may need 35 bits, and shifts cut at 32.
    zigzag += (byte & 0x7f) * weight;
    if (byte >= 0x80) {
      weight *= 0x80;
      continue;
    }
    const delta = zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    zigzag = 0;
    weight = 1;
    if (field === 0) {
      x += delta;
      xy[2 * point] = x * scale;
    } else if (field === 1) {
      y += delta;
      xy[2 * point + 1] = y * scale;
    } else if (field === pressureAt && pressures !== null) {
      pressure += delta;
      pressures[point] = Math.min(255, Math.max(0, pressure));
    } else if (times !== null) {
      time += delta;
      times[point] = time * TIME_STEP_MS;
    }
    if (++field === fields) {
      field = 0;
      point++;
    }
  }
  return { count, xy, pressures, times };
}

function writeDelta(out: Uint8Array, start: number, delta: number): number {
  let rest = delta >= 0 ? delta * 2 : -delta * 2 - 1;
  // Written so that NaN fails too.
  if (!(rest < DELTA_LIMIT)) throw new RangeError(`delta ${delta} is too large`);
  let at = start;
  while (rest >= 0x80) {
    out[at++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  out[at++] = rest;
  return at;
}
