import type { Element } from "../generated/protocol";
import { type Box, contains, inflate, isEmpty } from "../geometry/box";
import type { Painting } from "./painting";
import type { Screen } from "./screen";
import { Sheet } from "./sheet";

/** Device pixels along the longer side of the overview. */
const SIDE = 1024;
/** Room around the content, so that the overview need not grow with each stroke. */
const MARGIN = 0.15;

/** A coarse picture of the whole board below the tiles: what one sees where none is painted yet. */
export class Overview {
  private sheet: Sheet | null = null;
  private shown: { canvas: HTMLCanvasElement; box: Box } | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly painting: Painting,
  ) {}

  touch(box: Box): void {
    this.sheet?.touch(box);
  }

  touchAll(): void {
    this.sheet?.touchAll();
  }

  append(element: Element): void {
    this.sheet?.append(element);
  }

  /** The newest picture and what of the world it shows. */
  get picture(): { readonly canvas: HTMLCanvasElement; readonly box: Box } | null {
    return this.shown;
  }

  /** Moves the picture below the screen. */
  show(screen: Screen): void {
    if (this.shown === null) return;
    const { canvas, box } = this.shown;
    const scale = ((box.maxX - box.minX) * screen.zoom) / canvas.width;
    const x = (box.minX - screen.x) * screen.zoom;
    const y = (box.minY - screen.y) * screen.zoom;
    canvas.style.transform = `translate3d(${x}px,${y}px,0) scale(${scale})`;
  }

  /** Paints on until the deadline; true when nothing is left to do. */
  work(deadline: number, screen: Screen, mayRefresh: (sheet: Sheet) => boolean): boolean {
    const content = this.painting.index.bounds();
    if (isEmpty(content)) return true;
    if (this.sheet === null || !contains(this.sheet.box, content)) this.begin(content, screen);
    const { sheet } = this;
    if (sheet === null || sheet.clean) return true;
    return (!sheet.ready || mayRefresh(sheet)) && sheet.work(deadline);
  }

  dispose(): void {
    this.sheet?.dispose();
    this.sheet = null;
    this.shown = null;
  }

  private begin(content: Box, screen: Screen): void {
    const width = Math.max(content.maxX - content.minX, 1);
    const height = Math.max(content.maxY - content.minY, 1);
    const box = inflate(content, Math.max(width, height) * MARGIN);
    const scale = SIDE / Math.max(box.maxX - box.minX, box.maxY - box.minY);
    const view = { x: box.minX, y: box.minY, scale, pixelRatio: screen.pixelRatio };
    const old = this.sheet;
    const sheet = new Sheet(
      this.painting,
      box,
      view,
      Math.max(1, Math.round((box.maxX - box.minX) * scale)),
      Math.max(1, Math.round((box.maxY - box.minY) * scale)),
      (canvas) => {
        // The picture before stays until now: it covers less, but what it covers is right.
        old?.dispose();
        canvas.className = "board-overview";
        canvas.style.width = `${canvas.width}px`;
        canvas.style.height = `${canvas.height}px`;
        this.host.prepend(canvas);
        this.shown = { canvas, box };
        this.show(screen);
      },
    );
    this.sheet = sheet;
  }
}
