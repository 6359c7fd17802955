import { type Camera, LARGEST_ZOOM, SMALLEST_ZOOM } from "./camera";

/** Where to look: the corner of the world and the zoom, as `Camera.set` takes them. */
export interface Look {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** After so long, in ms, about two thirds of the way are done. */
const PACE_MS = 90;
/** Closer than this, in pixels and as a share of the zoom, is there. */
const NEAR_PX = 0.4;
const NEAR_ZOOM = 0.0005;
/** A frame that comes late does not jump. */
const LONGEST_STEP_MS = 64;

/** The look that shows a rectangle of the world (x, y, width, height) whole, in the middle. */
export function lookAt(rect: readonly [number, number, number, number], size: Size): Look {
  const [x, y, width, height] = rect;
  const whole = Math.min(size.width / Math.max(width, 1e-3), size.height / Math.max(height, 1e-3));
  const zoom = Math.min(Math.max(whole, SMALLEST_ZOOM), LARGEST_ZOOM);
  return {
    x: x + width / 2 - size.width / zoom / 2,
    y: y + height / 2 - size.height / zoom / 2,
    zoom,
  };
}

/** Some ms of the way from one look to another; exactly `to` when that is near enough. */
export function approach(from: Look, to: Look, size: Size, ms: number): Look {
  const share = 1 - Math.exp(-Math.min(ms, LONGEST_STEP_MS) / PACE_MS);
  const zoom = from.zoom * (to.zoom / from.zoom) ** share;
  const middle = (at: number, length: number, factor: number) => at + length / factor / 2;
  const dx = middle(to.x, size.width, to.zoom) - middle(from.x, size.width, from.zoom);
  const dy = middle(to.y, size.height, to.zoom) - middle(from.y, size.height, from.zoom);
  const far = Math.max(Math.abs(dx), Math.abs(dy)) * Math.max(to.zoom, from.zoom);
  if (far < NEAR_PX && Math.abs(to.zoom / from.zoom - 1) < NEAR_ZOOM) return to;
  return {
    x: middle(from.x, size.width, from.zoom) + dx * share - size.width / zoom / 2,
    y: middle(from.y, size.height, from.zoom) + dy * share - size.height / zoom / 2,
    zoom,
  };
}

export interface GlideWorld {
  readonly camera: Pick<Camera, "x" | "y" | "zoom" | "set" | "subscribe">;
  size(): Size;
  /** Calls once before the next frame, with a time in ms; answers how to take that back. */
  frame(run: (now: number) => void): () => void;
  /** Whether to jump instead: some people get dizzy. */
  reducedMotion(): boolean;
}

/** Moves the camera softly to where somebody else looks, and tells when the person here moves it. */
export class Glide {
  readonly #world: GlideWorld;
  #to: Look | null = null;
  #stop: (() => void) | null = null;
  #before: number | null = null;
  #isOurs = false;

  /** `taken`: somebody moved the camera by hand. */
  constructor(world: GlideWorld, taken: () => void) {
    this.#world = world;
    world.camera.subscribe(() => {
      if (this.#isOurs) return;
      this.stop();
      taken();
    });
  }

  /** Goes there; a later call changes the aim on the way. */
  to(look: Look): void {
    if (this.#world.reducedMotion()) {
      this.stop();
      this.#set(look);
      return;
    }
    this.#to = look;
    this.#stop ??= this.#world.frame((now) => this.#step(now));
  }

  stop(): void {
    this.#stop?.();
    this.#stop = this.#to = this.#before = null;
  }

  #step(now: number): void {
    const { camera } = this.#world;
    const to = this.#to;
    this.#stop = null;
    if (to === null) return;
    const { x, y, zoom } = camera;
    // The first frame has no frame before it: it counts as one of sixty a second.
    const next = approach({ x, y, zoom }, to, this.#world.size(), now - (this.#before ?? now - 16));
    this.#before = now;
    this.#set(next);
    if (next === to) this.stop();
    else this.#stop = this.#world.frame((then) => this.#step(then));
  }

  #set({ x, y, zoom }: Look): void {
    this.#isOurs = true;
    this.#world.camera.set(x, y, zoom);
    this.#isOurs = false;
  }
}
