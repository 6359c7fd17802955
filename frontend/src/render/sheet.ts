import { paintBoundsOf } from "../elements/registry";
import { Surface, type View } from "../elements/surface";
import type { Element } from "../generated/protocol";
import { type Box, intersects } from "../geometry/box";
import { inPaintOrder } from "../spatial/paint_order";
import { paintBackground } from "./background";
import { paintOne, paintSlice } from "./painter";
import type { Painting } from "./painting";
import { contextOf, type Easel, Picture } from "./picture";

/** More changed boxes than this, or more elements in one of them, and the whole sheet is painted anew. */
const MOST_RECTS = 24;
const MOST_IN_RECT = 500;

interface Job {
  readonly easel: Easel;
  readonly surface: Surface;
  readonly elements: Element[];
  next: number;
}

/**
 * An opaque picture of a box of the world at one scale: a tile, or the overview of the whole board.
 *
 * It is painted in slices on an easel and shown when it is done, so that nobody sees it half done. A
 * small change is patched into a copy of what is shown; what comes on top of everything is only painted over
 * it.
 */
export class Sheet {
  private picture: Picture | null = null;
  private job: Job | null = null;
  private stale = true;
  private rects: Box[] = [];
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
    return this.picture !== null && !this.stale && this.job === null && this.isPatchDue;
  }

  private get isPatchDue(): boolean {
    return this.rects.length + this.fresh.length > 0;
  }

  /** Something in the box looks different now. */
  touch(box: Box): void {
    if (this.stale && this.job === null) return;
    if (!intersects(box, this.box)) return;
    // What is painted anew within its box must not be painted over it once more.
    for (const element of this.fresh) this.rects.push(paintBoundsOf(element));
    this.fresh = [];
    this.rects.push(box);
    if (this.rects.length > MOST_RECTS) this.touchAll();
  }

  touchAll(): void {
    this.stale = true;
    this.rects = [];
    this.fresh = [];
  }

  /** A new element above all others. */
  append(element: Element): void {
    if (this.stale && this.job === null) return;
    if (this.rects.length > 0 || this.painting.scene.frameOf(element) !== undefined) {
      this.touch(paintBoundsOf(element));
    } else this.fresh.push(element);
  }

  /** Paints what has changed into its picture, if that is little. */
  patch(): void {
    const { picture, painting, rects, fresh } = this;
    if (picture === null || this.stale || !this.isPatchDue) return;
    for (const rect of rects) {
      if (painting.index.count(rect, MOST_IN_RECT) > MOST_IN_RECT) {
        this.touchAll();
        return;
      }
    }
    const easel = painting.acquire(this.width, this.height);
    const surface = this.surfaceOn(easel);
    picture.copyTo(surface.ctx);
    for (const rect of rects) this.patchRect(surface, rect);
    for (const element of fresh) {
      if (painting.scene.isShown(element)) paintOne(surface, painting.scene, element);
    }
    surface.flush();
    picture.show(easel);
    painting.release(easel);
    this.rects = [];
    this.fresh = [];
  }

  /** Goes on painting until the deadline; true when nothing is left to do. */
  work(deadline: number): boolean {
    const { painting } = this;
    if (this.job === null) {
      if (!this.stale) {
        this.patch();
        if (!this.stale) return true;
      }
      this.job = this.begin();
    }
    const { job } = this;
    const { elements, surface } = job;
    job.next = paintSlice(surface, painting.scene, elements, job.next, deadline, painting.now);
    if (job.next < elements.length) return false;
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

  private begin(): Job {
    const { painting, width, height } = this;
    const easel = painting.acquire(width, height);
    const surface = this.surfaceOn(easel);
    paintBackground(surface, painting.background, 0, 0, width, height);
    this.stale = false;
    this.rects = [];
    this.fresh = [];
    return { easel, surface, elements: inPaintOrder(painting.index.search(this.box)), next: 0 };
  }

  private surfaceOn(easel: Easel): Surface {
    const { painting } = this;
    return new Surface(contextOf(easel, true), this.view, painting.paper, painting.picture);
  }

  private finish(job: Job): void {
    this.job = null;
    this.paintedAt = this.painting.now();
    this.painting.stats.tilesPainted++;
    const isFirst = this.picture === null;
    this.picture ??= new Picture(this.width, this.height, true);
    this.picture.show(job.easel);
    this.painting.release(job.easel);
    if (isFirst) this.onFirstPicture(this.picture.canvas);
    if (!this.stale) this.patch();
  }

  private patchRect(surface: Surface, rect: Box): void {
    const { painting, view } = this;
    const { ctx } = surface;
    const left = Math.max(0, Math.floor((rect.minX - view.x) * view.scale) - 1);
    const top = Math.max(0, Math.floor((rect.minY - view.y) * view.scale) - 1);
    const right = Math.min(this.width, Math.ceil((rect.maxX - view.x) * view.scale) + 1);
    const bottom = Math.min(this.height, Math.ceil((rect.maxY - view.y) * view.scale) + 1);
    if (right <= left || bottom <= top) return;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.beginPath();
    ctx.rect(left, top, right - left, bottom - top);
    ctx.clip();
    paintBackground(surface, painting.background, left, top, right - left, bottom - top);
    const touched = {
      minX: view.x + left / view.scale,
      minY: view.y + top / view.scale,
      maxX: view.x + right / view.scale,
      maxY: view.y + bottom / view.scale,
    };
    const elements = inPaintOrder(painting.index.search(touched));
    paintSlice(surface, painting.scene, elements, 0, Number.POSITIVE_INFINITY, painting.now);
    ctx.restore();
    painting.stats.patches++;
  }
}
