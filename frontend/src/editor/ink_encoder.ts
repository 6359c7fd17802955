import { MAX_POINTS, MAX_POINTS_BYTES } from "../generated/limits";
import {
  HEADER_BYTES,
  type InkPoint,
  MAX_SHIFT,
  PRESSURE,
  TIME,
  TIME_STEP_MS,
} from "../geometry/points";

/** No point needs more: three numbers of 5 bytes would, but ink does not jump that far. */
const LARGEST_POINT = 20;

/**
 * Encodes a stroke while it is drawn: each call gives the next bytes of what the commit will carry whole.
 *
 * The encoding is that of `geometry/points` (docs/protocol.md, rules E1 to E5). Rounding is done on absolute
 * values, so the errors of many points do not add up.
 */
export class InkEncoder {
  readonly #scale: number;
  readonly #pressure: boolean;
  #bytes = new Uint8Array(1024);
  #length = HEADER_BYTES;
  #taken = 0;
  #count = 0;
  readonly #last = [0, 0, 0, 0];

  constructor(options: { readonly shift: number; readonly pressure: boolean }) {
    this.#scale = 2 ** options.shift;
    this.#pressure = options.pressure;
    this.#bytes[0] = TIME | (options.pressure ? PRESSURE : 0);
    this.#bytes[1] = options.shift;
  }

  /** No room for another point: the stroke has to end here and a new one go on. */
  get full(): boolean {
    return this.#count >= MAX_POINTS || this.#length + LARGEST_POINT > MAX_POINTS_BYTES;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds a point in local units; `false` if it is where the last one was with the same pressure. */
  add({ x, y, pressure, time }: InkPoint): boolean {
    const now = [
      Math.round(x * this.#scale),
      Math.round(y * this.#scale),
      Math.round(Math.min(1, Math.max(0, pressure)) * 255),
      Math.round(time / TIME_STEP_MS),
    ] as const;
    const last = this.#last;
    const still = now[0] === last[0] && now[1] === last[1];
    if (this.#count > 0 && still && (!this.#pressure || now[2] === last[2])) return false;
    this.#room(LARGEST_POINT);
    this.#varint(now[0] - (last[0] ?? 0));
    this.#varint(now[1] - (last[1] ?? 0));
    if (this.#pressure) this.#varint(now[2] - (last[2] ?? 0));
    this.#varint(now[3] - (last[3] ?? 0));
    for (let i = 0; i < 4; i++) last[i] = now[i] ?? 0;
    this.#count++;
    return true;
  }

  /** The bytes since the last call, and where they belong. */
  take(): { readonly offset: number; readonly data: Uint8Array } {
    const offset = this.#taken;
    this.#taken = this.#length;
    return { offset, data: this.#bytes.slice(offset, this.#length) };
  }

  /** All bytes: exactly what the calls of `take` gave, one after the other. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #varint(value: number): void {
    // Shifts would cut at 32 bits; a zigzag number may need 33.
    let rest = value >= 0 ? value * 2 : -value * 2 - 1;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** The shift that keeps an eighth of a screen pixel at `zoom`; most deltas then fit in one byte. */
export function shiftFor(zoom: number): number {
  return Math.min(MAX_SHIFT, Math.max(0, Math.round(Math.log2(zoom)) + 3));
}
