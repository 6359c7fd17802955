import type { Paper } from "../elements/surface";
import type { SpatialIndex } from "../spatial/index";
import type { Background } from "./background";
import type { Scene } from "./scene";

export interface Counts {
  /** Animation frames in which anything was done, and those in which it took more than 33 ms. */
  frames: number;
  longFrames: number;
  tilesPainted: number;
  patches: number;
  directFrames: number;
}

/** What everything that paints shares: the world, how it looks, and a stock of canvases. */
export class Painting {
  readonly stats: Counts = {
    frames: 0,
    longFrames: 0,
    tilesPainted: 0,
    patches: 0,
    directFrames: 0,
  };
  private readonly spare: HTMLCanvasElement[] = [];

  constructor(
    readonly index: SpatialIndex,
    readonly scene: Scene,
    public paper: Paper,
    public background: Background,
    readonly picture: (file: string) => CanvasImageSource | undefined,
    readonly now: () => number,
  ) {}

  acquire(width: number, height: number): HTMLCanvasElement {
    const at = this.spare.findIndex((canvas) => canvas.width === width && canvas.height === height);
    if (at >= 0) return this.spare.splice(at, 1)[0]!;
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    return canvas;
  }

  release(canvas: HTMLCanvasElement): void {
    canvas.remove();
    if (this.spare.length < MOST_SPARE) this.spare.push(canvas);
  }
}

const MOST_SPARE = 12;
