import type { Laser } from "../generated/protocol";
import { decodeArrived } from "../geometry/points";

/** A point of a trail is gone so long after it was drawn, in ms. */
export const LASER_MS = 1000;

/** A hand makes fewer points in that time, and lifts the pointer less often. */
const MOST_POINTS = 1000;
const MOST_TRAILS = 8;

export interface TrailPoint {
  /** World. */
  readonly x: number;
  readonly y: number;
  /** When it was drawn, in ms of this page's clock. */
  readonly at: number;
}

/** What a laser pointer leaves for a moment: points that fade one after the other. */
export class LaserTrail {
  #points: TrailPoint[] = [];

  get points(): readonly TrailPoint[] {
    return this.#points;
  }

  add(points: readonly TrailPoint[]): void {
    this.#points.push(...points);
    if (this.#points.length > MOST_POINTS) this.#points = this.#points.slice(-MOST_POINTS);
  }

  /** Lets go of what has faded; whether anything is left. */
  fade(now: number): boolean {
    const first = this.#points.findIndex(({ at }) => now - at < LASER_MS);
    this.#points = first < 0 ? [] : this.#points.slice(first);
    return this.#points.length > 0;
  }
}

/**
 * The trail of somebody else, put together from what the wire tells again and again (rule L8).
 *
 * Each word holds all that has not faded, so that a slow reader misses nothing; what is known already is skipped.
 */
export class RemoteTrail {
  readonly #fading: LaserTrail[] = [];
  #heard: Laser | null = null;
  #trail = 0;
  #next = 0;

  get trails(): readonly LaserTrail[] {
    return this.#fading;
  }

  hear(laser: Laser, now: number): void {
    if (laser === this.#heard) return;
    this.#heard = laser;
    const { trail, first = 0, points } = laser;
    if (points === undefined || points.length === 0) return;
    const { count, xy, times } = decodeArrived(points);
    if (trail !== this.#trail) {
      this.#trail = trail;
      this.#next = 0;
      this.#fading.push(new LaserTrail());
      if (this.#fading.length > MOST_TRAILS) this.#fading.shift();
    }
    const newest = times?.[count - 1] ?? 0;
    const fresh: TrailPoint[] = [];
    for (let i = Math.max(0, this.#next - first); i < count; i++) {
      const age = Math.max(0, newest - (times?.[i] ?? newest));
      fresh.push({ x: xy[2 * i]!, y: xy[2 * i + 1]!, at: now - age });
    }
    this.#next = Math.max(this.#next, first + count);
    if (this.#fading.length === 0) this.#fading.push(new LaserTrail());
    this.#fading.at(-1)?.add(fresh);
  }

  /** Lets go of what has faded; whether anything is left. */
  fade(now: number): boolean {
    for (let i = this.#fading.length - 1; i >= 0; i--) {
      if (this.#fading[i]?.fade(now) === false) this.#fading.splice(i, 1);
    }
    return this.#fading.length > 0;
  }
}
