import { paintBoundsOf } from "../elements/registry";
import { Surface, type View } from "../elements/surface";
import type { Element } from "../generated/protocol";
import { type Box, intersection, intersects } from "../geometry/box";
import { paintBackground } from "./background";
import { areaOf, DirtyBoxes } from "./dirty_boxes";
import { paintOne, paintSlice } from "./painter";
import type { Painting } from "./painting";
import { contextOf, type Easel, Picture, rasterise } from "./picture";

/** When more of the sheet than this has changed, all of it is painted anew. */
const MOST_PATCHED = 0.5;
/** Elements drawn for each so many pixels between two looks at how long their rasterising takes. */
const CHUNK = 300;
const PIXELS = 256 * 256;

/** A device rectangle of the sheet and what is to be painted there. */
interface Piece {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly elements: readonly Element[];
  next: number;
}

interface Job {
  readonly easel: Easel;
  readonly surface: Surface;
  /** The whole sheet, or what has changed in it. */
  readonly pieces: Piece[];
  readonly whole: boolean;
  /** To be painted over everything else at the end. */
  readonly fresh: readonly Element[];
}

/**
 * An opaque picture of a box of the world at one scale: a tile, or the overview of the whole board.
 *
 * It is painted in slices on an easel and shown when it is done, so that nobody sees it half done. A
 * change is painted into a copy of what is shown; what comes on top of everything is only painted over it.
 */
export class Sheet {
  private picture: Picture | null = null;
  private job: Job | null = null;
  private stale = true;
  private readonly dirty = new DirtyBoxes();
  /** New elements above all others that the picture does not show yet. */
  private fresh: Element[] = [];
  /** When its newest picture was finished, in ms of the frame clock. */
  paintedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly painting: Painting,
    readonly box: Box,
    private readonly view: View,
    private readonly width: number,
    private readonly height: number,
    private readonly onFirstPicture: (canvas: HTMLCanvasElement) => void,
  ) {}

  /** It has a picture, maybe of how it was. */
  get ready(): boolean {
    return this.picture !== null;
  }

  /** Its picture shows everything that has happened. */
  get clean(): boolean {
    return this.picture !== null && !this.stale && !this.isPatchDue && this.job === null;
  }

  /** It is only waiting for a patch. */
  get patchable(): boolean {
    if (this.picture === null || this.stale) return false;
    return this.job === null ? this.isPatchDue : !this.job.whole;
  }

  private get isPatchDue(): boolean {
    return !this.dirty.isEmpty || this.fresh.length > 0;
  }

  /** Something in the box looks different now. */
  touch(box: Box): void {
    if (this.stale && this.job === null) return;
    if (!intersects(box, this.box)) return;
    // What is painted anew within its box must not be painted over it once more.
    for (const one of [...this.fresh.map(paintBoundsOf), box]) {
      this.dirty.add(intersection(one, this.box));
    }
    this.fresh = [];
    if (this.dirty.area > areaOf(this.box) * MOST_PATCHED) this.touchAll();
  }

  touchAll(): void {
    this.stale = true;
    this.dirty.take();
    this.fresh = [];
  }

  /** A new element above all others. */
  append(element: Element): void {
    if (this.stale && this.job === null) return;
    if (!this.dirty.isEmpty || this.painting.scene.frameOf(element) !== undefined) {
      this.touch(paintBoundsOf(element));
    } else this.fresh.push(element);
  }

  /** Goes on painting until the deadline; true when nothing is left to do. */
  work(deadline: number): boolean {
    const { painting } = this;
    this.job ??= this.begin();
    const { job } = this;
    if (job === null) return this.clean;
    for (const piece of job.pieces) {
      while (piece.next < piece.elements.length) {
        this.paintChunk(job, piece, deadline);
        if (piece.next < piece.elements.length) rasterise(job.easel, job.surface.ctx);
        if (painting.now() >= deadline) break;
      }
      if (piece.next < piece.elements.length) return false;
    }
    this.finish(job);
    return this.clean;
  }

  dispose(): void {
    this.picture?.canvas.remove();
    if (this.job !== null) this.painting.release(this.job.easel);
    this.picture = null;
    this.job = null;
    this.touchAll();
  }

  private begin(): Job | null {
    const { painting, width, height, picture } = this;
    const whole = this.stale || picture === null;
    if (!whole && !this.isPatchDue) return null;
    const easel = painting.acquire(width, height);
    const ctx = contextOf(easel, true);
    const surface = new Surface(ctx, this.view, painting.paper, painting.picture);
    const boxes = this.dirty.take();
    const fresh = whole ? [] : this.fresh;
    this.fresh = [];
    this.stale = false;
    if (!whole) picture.copyTo(ctx);
    // What happens to these elements from now on touches the sheet again.
    const pieces = whole ? [this.pieceOf(this.box)] : boxes.map((box) => this.pieceOf(box));
    return { easel, surface, pieces, whole, fresh };
  }

  private pieceOf(box: Box): Piece {
    const { view } = this;
    // One pixel more on each side: edges are smoothed.
    const left = Math.max(0, Math.floor((box.minX - view.x) * view.scale) - 1);
    const top = Math.max(0, Math.floor((box.minY - view.y) * view.scale) - 1);
    const right = Math.min(this.width, Math.ceil((box.maxX - view.x) * view.scale) + 1);
    const bottom = Math.min(this.height, Math.ceil((box.maxY - view.y) * view.scale) + 1);
    const elements = this.painting.index.searchInOrder({
      minX: view.x + left / view.scale,
      minY: view.y + top / view.scale,
      maxX: view.x + right / view.scale,
      maxY: view.y + bottom / view.scale,
    });
    return {
      left,
      top,
      width: Math.max(0, right - left),
      height: Math.max(0, bottom - top),
      elements,
      next: -1,
    };
  }

  private paintChunk({ surface, whole }: Job, piece: Piece, deadline: number): void {
    const { painting } = this;
    const { left, top, width, height, elements } = piece;
    const { ctx } = surface;
    if (!whole) {
      ctx.save();
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.beginPath();
      ctx.rect(left, top, width, height);
      ctx.clip();
    }
    if (piece.next < 0) {
      paintBackground(surface, painting.background, left, top, width, height);
      piece.next = 0;
    }
    // A larger easel is dearer to rasterise, however little is on it.
    const most = CHUNK * Math.max(1, Math.sqrt((this.width * this.height) / PIXELS));
    const end = Math.min(elements.length, piece.next + Math.ceil(most));
    const { scene, now } = painting;
    piece.next = paintSlice(surface, scene, elements, piece.next, deadline, now, end);
    if (!whole) ctx.restore();
  }

  private finish(job: Job): void {
    const { painting } = this;
    for (const element of job.fresh) {
      if (painting.scene.isShown(element)) paintOne(job.surface, painting.scene, element);
    }
    job.surface.flush();
    const isFirst = this.picture === null;
    this.picture ??= new Picture(this.width, this.height, true);
    this.picture.show(job.easel);
    painting.release(job.easel);
    this.job = null;
    this.paintedAt = painting.now();
    if (job.whole) painting.stats.tilesPainted++;
    else painting.stats.patches++;
    if (isFirst) this.onFirstPicture(this.picture.canvas);
  }
}
