import { MAX_COORDINATE, MAX_LASER_BYTES } from "../generated/limits";
import { encodePoints, type InkPoint } from "../geometry/points";
import { shiftFor } from "./ink_encoder";
import type { PointerSample } from "./pointer_input";
import type { ClockPort, LivePort, StagePort } from "./ports";

/** Others see a point for so long, in ms; the renderer has the same figure. */
const LIFE_MS = 1000;
/** Points that come faster than this, in ms, say nothing more. */
const STEP_MS = 8;
/** So long after the last point the trail is over for everybody, in ms. */
const OVER_MS = LIFE_MS + 200;

/**
 * What this person's laser pointer shows: a trail on their own screen, and to the others all of it that has
 * not faded, again with each word (rule L8).
 */
export class LaserPointer {
  readonly #stage: StagePort;
  readonly #live: LivePort;
  readonly #clock: ClockPort;
  #extend: ReturnType<StagePort["startLaser"]> = () => {};
  #points: InkPoint[] = [];
  #trail = 0;
  #first = 0;
  #began = 0;
  #stopTimer: (() => void) | null = null;

  constructor(stage: StagePort, live: LivePort, clock: ClockPort) {
    this.#stage = stage;
    this.#live = live;
    this.#clock = clock;
  }

  /** A new trail begins at a point. */
  begin(at: PointerSample): void {
    this.#extend = this.#stage.startLaser();
    this.#trail++;
    this.#first = 0;
    this.#points = [];
    this.#began = at.time;
    this.add([at]);
  }

  add(samples: readonly PointerSample[]): void {
    this.#extend(samples);
    for (const sample of samples) this.#keep(sample);
    const { zoom } = this.#stage.camera;
    let points = this.#encoded(zoom);
    while (points.length > MAX_LASER_BYTES) {
      this.#drop(Math.ceil(this.#points.length / 4));
      points = this.#encoded(zoom);
    }
    this.#live({ laser: { trail: this.#trail, first: this.#first, points } });
    this.#stopTimer?.();
    const trail = this.#trail;
    this.#stopTimer = this.#clock.later(OVER_MS, () => {
      // Who comes later shall not be shown a trail that has long faded.
      this.#live({ laser: { trail, first: this.#first + this.#points.length } });
      this.#drop(this.#points.length);
    });
  }

  #keep({ x, y, time: at }: PointerSample): void {
    const time = Math.max(0, at - this.#began);
    const last = this.#points.at(-1);
    if (last !== undefined && time - last.time < STEP_MS) return;
    this.#points.push({ x: bounded(x), y: bounded(y), pressure: 0.5, time });
    this.#drop(this.#points.findIndex((point) => time - point.time < LIFE_MS));
  }

  #drop(count: number): void {
    this.#points.splice(0, count);
    this.#first += count;
  }

  #encoded(zoom: number): Uint8Array {
    return encodePoints(this.#points, { shift: shiftFor(zoom), time: true });
  }
}

function bounded(value: number): number {
  return Math.min(MAX_COORDINATE, Math.max(-MAX_COORDINATE, value));
}
