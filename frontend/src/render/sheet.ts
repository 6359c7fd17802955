import { paintBoundsOf } from "../elements/registry";
import { Surface, type View } from "../elements/surface";
import type { Element } from "../generated/protocol";
import { type Box, intersects } from "../geometry/box";
import { inPaintOrder } from "../spatial/paint_order";
import { paintBackground } from "./background";
import { paintOne, paintSlice } from "./painter";
import type { Painting } from "./painting";

/** More changed boxes than this, or more elements in one of them, and the whole sheet is painted anew. */
const MOST_RECTS = 24;
const MOST_IN_RECT = 500;

interface Job {
  readonly canvas: HTMLCanvasElement;
  readonly surface: Surface;
  readonly elements: Element[];
  next: number;
}

/**
 * An opaque picture of a box of the world at one scale: a tile, or the overview of the whole board.
 *
 * It is painted in slices on a second canvas that then takes the place of the first, so that nobody
 * sees it half done. A small change is patched on the spot; what comes on top of everything is only
 * painted over it.
 */
export class Sheet {
  private shown: HTMLCanvasElement | null = null;
  private surface: Surface | null = null;
  private job: Job | null = null;
  private stale = true;
  private rects: Box[] = [];
  /** When its newest picture was finished, in ms of the frame clock. */
  paintedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly painting: Painting,
    readonly box: Box,
    private readonly view: View,
    private readonly width: number,
    private readonly height: number,
    private readonly onPicture: (canvas: HTMLCanvasElement) => void,
  ) {}

  /** It has a picture, maybe of how it was. */
  get ready(): boolean {
    return this.shown !== null;
  }

  /** Its picture shows everything that has happened. */
  get clean(): boolean {
    return this.shown !== null && !this.stale && this.rects.length === 0 && this.job === null;
  }

  /** It is only waiting for a patch. */
  get patchable(): boolean {
    return this.shown !== null && !this.stale && this.job === null && this.rects.length > 0;
  }

  /** Something in the box looks different now. */
  touch(box: Box): void {
    if (this.stale && this.job === null) return;
    if (!intersects(box, this.box)) return;
    this.rects.push(box);
    if (this.rects.length > MOST_RECTS) this.touchAll();
  }

  touchAll(): void {
    this.stale = true;
    this.rects = [];
  }

  /** A new element above all others. */
  append(element: Element): void {
    this.job?.elements.push(element);
    if (this.stale && this.shown === null) return;
    if (this.surface === null || !this.painting.scene.isShown(element)) return;
    if (this.painting.scene.frameOf(element) !== undefined) {
      this.touch(paintBoundsOf(element));
      return;
    }
    paintOne(this.surface, this.painting.scene, element);
    this.surface.flush();
  }

  /** Paints what has changed in its picture, if that is little. */
  patch(): void {
    const { surface, painting } = this;
    if (surface === null || this.stale) return;
    for (const rect of this.rects) {
      if (painting.index.count(rect, MOST_IN_RECT) > MOST_IN_RECT) {
        this.touchAll();
        return;
      }
    }
    for (const rect of this.rects) this.patchRect(surface, rect);
    this.rects = [];
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

  /** Gives its canvases back. */
  dispose(): void {
    if (this.shown !== null) this.painting.release(this.shown);
    if (this.job !== null) this.painting.release(this.job.canvas);
    this.shown = null;
    this.surface = null;
    this.job = null;
    this.stale = true;
  }

  private begin(): Job {
    const { painting, view, width, height } = this;
    const canvas = painting.acquire(width, height);
    const ctx = canvas.getContext("2d", { alpha: false })!;
    const surface = new Surface(ctx, view, painting.paper, painting.picture);
    paintBackground(surface, painting.background, 0, 0, width, height);
    this.stale = false;
    this.rects = [];
    return { canvas, surface, elements: inPaintOrder(painting.index.search(this.box)), next: 0 };
  }

  private finish(job: Job): void {
    const before = this.shown;
    this.shown = job.canvas;
    this.surface = job.surface;
    this.job = null;
    this.paintedAt = this.painting.now();
    this.painting.stats.tilesPainted++;
    this.onPicture(job.canvas);
    if (before !== null) this.painting.release(before);
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
