import type { Vec } from "../geometry/place";
import type { Size } from "./picture_levels";

/** Of what is seen, how much a picture that is placed alone may take. */
const SHARE = 0.6;
/** Of the height of what is seen, how high a row of many is. */
const ROW_SHARE = 0.24;
/** Between pictures, of a row's height. */
const GAP = 0.06;
/** How wide a picture is for its height, about. */
const USUAL = 4 / 3;

export interface Spot {
  /** The upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** As large as it is, but no larger than a good part of what is seen (`view`, in world units). */
export function placeAlone(natural: Size, view: Size, middle: Vec): Spot {
  const share = Math.min(
    1,
    (view.width * SHARE) / natural.width,
    (view.height * SHARE) / natural.height,
  );
  const width = natural.width * share;
  const height = natural.height * share;
  return { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
}

/** Many pictures in rows of one height, about as wide as high, around a point; each is placed as it comes. */
export class PictureRows {
  readonly #height: number;
  readonly #width: number;
  readonly #left: number;
  #x: number;
  #y: number;

  constructor(count: number, view: Size, middle: Vec) {
    const inRow = Math.ceil(Math.sqrt(count));
    const rows = Math.ceil(count / inRow);
    this.#height = view.height * ROW_SHARE;
    this.#width = inRow * this.#height * USUAL;
    this.#left = middle.x - this.#width / 2;
    this.#x = this.#left;
    this.#y = middle.y - (rows * this.#height * (1 + GAP)) / 2;
  }

  next(natural: Size): Spot {
    const height = this.#height;
    const width = Math.min(height * (natural.width / natural.height), this.#width);
    if (this.#x > this.#left && this.#x + width > this.#left + this.#width * (1 + GAP)) {
      this.#x = this.#left;
      this.#y += height * (1 + GAP);
    }
    const spot = {
      x: this.#x,
      y: this.#y,
      width,
      height: width * (natural.height / natural.width),
    };
    this.#x += width + height * GAP;
    return spot;
  }
}
