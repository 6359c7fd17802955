import type { Paper, PictureOf } from "../elements/surface";
import type { SpatialIndex } from "../spatial/index";
import type { Background } from "./background";
import { type Easel, newEasel } from "./picture";
import type { Scene } from "./scene";

export interface Counts {
  /** Animation frames in which anything was done, and those in which it took more than 33 ms. */
  frames: number;
  longFrames: number;
  tilesPainted: number;
  patches: number;
  directFrames: number;
}

/** What everything that paints shares: the world, how it looks, and a stock of easels. */
export class Painting {
  readonly stats: Counts = {
    frames: 0,
    longFrames: 0,
    tilesPainted: 0,
    patches: 0,
    directFrames: 0,
  };
  private readonly spare: Easel[] = [];

  constructor(
    readonly index: SpatialIndex,
    readonly scene: Scene,
    public paper: Paper,
    public background: Background,
    readonly picture: PictureOf,
    readonly now: () => number,
  ) {}

  /** An easel of this size, with anything on it. */
  acquire(width: number, height: number): Easel {
    const at = this.spare.findIndex((easel) => easel.width === width && easel.height === height);
    return at >= 0 ? this.spare.splice(at, 1)[0]! : newEasel(width, height);
  }

  release(easel: Easel): void {
    if (this.spare.length < MOST_SPARE) this.spare.push(easel);
  }
}

const MOST_SPARE = 3;
