import type { Box } from "../geometry/box";
import { Glide, type GlideWorld, type Look, type Size } from "../render/glide";

/** So much of the screen a box may take when one looks at it, wide and high. */
const MOST_WIDE = 0.8;
const MOST_HIGH = 0.6;
/** A line of words is looked at with this much zoom at least, and nothing with more. */
const READABLE = 0.6;
const CLOSEST = 4;

/** The look at a box: in the middle, whole, at the zoom one has as far as that shows it well. */
export function lookAtBox(box: Box, zoom: number, size: Size): Look {
  const width = Math.max(box.maxX - box.minX, 1);
  const height = Math.max(box.maxY - box.minY, 1);
  const whole = Math.min((size.width * MOST_WIDE) / width, (size.height * MOST_HIGH) / height);
  const next = Math.min(Math.max(zoom, READABLE), whole, CLOSEST);
  return {
    x: (box.minX + box.maxX) / 2 - size.width / next / 2,
    y: (box.minY + box.maxY) / 2 - size.height / next / 2,
    zoom: next,
  };
}

/** Moves the camera softly to a part of the board, until a hand moves it. */
export class Travel {
  readonly #world: GlideWorld;
  readonly #glide: Glide;

  constructor(world: GlideWorld) {
    this.#world = world;
    this.#glide = new Glide(world, () => {});
  }

  /** To a middle of the view, in world units, and a zoom. */
  look(x: number, y: number, zoom: number): void {
    const { width, height } = this.#world.size();
    this.#glide.to({ x: x - width / zoom / 2, y: y - height / zoom / 2, zoom });
  }

  to(box: Box): void {
    const { camera, size } = this.#world;
    this.#glide.to(lookAtBox(box, camera.zoom, size()));
  }
}
