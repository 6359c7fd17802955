import type { Place } from "../generated/protocol";
import type { Box } from "../geometry/box";
import { type Theme, type Tone, themed } from "./colours";

export type Canvas2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface View {
  /** The world point in the canvas' corner. */
  readonly x: number;
  readonly y: number;
  /** Device pixels per world unit. */
  readonly scale: number;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

export interface Paper {
  readonly theme: Theme;
  /** The colour of the empty board, as painted. */
  readonly background: string;
}

/**
 * A picture by its file's id, for showing it so many device pixels long; `natural` is its size as its element tells it.
 * Undefined while it is not there.
 */
export type PictureOf = (
  file: string,
  pixels: number,
  natural: { readonly width: number; readonly height: number } | null,
) => ImageBitmap | undefined;

/**
 * A canvas that elements paint on: where the world lies on it and how finely it is drawn. It needs no
 * DOM, so that a worker can own one. Strokes drawn as plain lines are gathered into one path as long
 * as they look alike; whoever paints in another way calls `enter` first, which draws what is gathered.
 */
export class Surface {
  private gathered = 0;
  private strokeColour = "";
  private strokeWidth = 0;
  /** Multiplies the opacity of what is painted next. */
  fade = 1;
  /** Draws shapes clean rather than by hand: for what changes its shape in each frame. */
  quick = false;
  /** Draws more strokes with one width: for frames of a zoom, which nobody sees for long. */
  hurried = false;
  /** Draws everything as near by, however small it is. */
  detailed = false;

  constructor(
    readonly ctx: Canvas2D,
    readonly view: View,
    readonly paper: Paper,
    /** Pictures by file id; without it, images are painted as placeholders. */
    readonly picture: PictureOf = () => undefined,
  ) {}

  get scale(): number {
    return this.view.scale;
  }

  /** CSS pixels per world unit. */
  get cssScale(): number {
    return this.view.scale / this.view.pixelRatio;
  }

  colour(colour: string, tone?: Tone): string {
    return themed(colour, this.paper.theme, tone);
  }

  /**
   * Prepares for an element: local coordinates turned, moved and mirrored as its place says, in world
   * units (the size of a box is not in it), and its opacity.
   */
  enter(place: Place, opacity: number, mirrored: boolean): Canvas2D {
    this.flush();
    const { ctx, view } = this;
    const [x, y, sx, sy, angle] = place;
    const s = view.scale;
    const fx = mirrored && sx < 0 ? -s : s;
    const fy = mirrored && sy < 0 ? -s : s;
    const e = (x - view.x) * s;
    const f = (y - view.y) * s;
    if (angle === 0) {
      ctx.setTransform(fx, 0, 0, fy, e, f);
    } else {
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      ctx.setTransform(cos * fx, sin * fx, -sin * fy, cos * fy, e, f);
    }
    ctx.globalAlpha = opacity * this.fade;
    return ctx;
  }

  /** Draws a line through flat local points (already scaled) with round ends; gathers where it can. */
  polyline(
    points: Float32Array,
    place: Place,
    colour: string,
    width: number,
    opacity: number,
  ): void {
    if (points.length < 2) return;
    const { ctx, view } = this;
    const alpha = opacity * this.fade;
    const s = view.scale;
    const thickness = width * s;
    const opaque = alpha >= 1 && colour.length === 7;
    if (
      this.gathered > 0 &&
      (!opaque || colour !== this.strokeColour || thickness !== this.strokeWidth)
    ) {
      this.flush();
    }
    if (this.gathered === 0) {
      this.strokeColour = colour;
      this.strokeWidth = thickness;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.beginPath();
    }
    const cos = Math.cos(place[4]) * s;
    const sin = Math.sin(place[4]) * s;
    const e = (place[0] - view.x) * s;
    const f = (place[1] - view.y) * s;
    const x0 = points[0]!;
    const y0 = points[1]!;
    ctx.moveTo(cos * x0 - sin * y0 + e, sin * x0 + cos * y0 + f);
    for (let i = 2; i < points.length; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      ctx.lineTo(cos * x - sin * y + e, sin * x + cos * y + f);
    }
    if (points.length < 4) {
      // A line of no length has no caps everywhere; a hundredth of a pixel has.
      ctx.lineTo(cos * x0 - sin * y0 + e + 0.01, sin * x0 + cos * y0 + f);
    }
    this.gathered += points.length;
    if (!opaque) {
      ctx.globalAlpha = alpha;
      this.stroke();
    } else if (this.gathered > MOST_GATHERED) {
      this.flush();
    }
  }

  /**
   * Paints something of several layers as one: opaque on a sheet of its own, then blended once.
   * `box` is where it paints, in the world.
   */
  compose(box: Box, opacity: number, paint: (sheet: Surface) => void): void {
    const { ctx, view } = this;
    const { scale } = view;
    const left = Math.max(0, Math.floor((box.minX - view.x) * scale));
    const top = Math.max(0, Math.floor((box.minY - view.y) * scale));
    const right = Math.min(ctx.canvas.width, Math.ceil((box.maxX - view.x) * scale));
    const bottom = Math.min(ctx.canvas.height, Math.ceil((box.maxY - view.y) * scale));
    const [width, height] = [right - left, bottom - top];
    if (width <= 0 || height <= 0) return;
    this.flush();
    const sheet = spareSheet(width, height);
    sheet.setTransform(1, 0, 0, 1, 0, 0);
    sheet.clearRect(0, 0, width, height);
    const inner = new Surface(
      sheet,
      { ...view, x: view.x + left / scale, y: view.y + top / scale },
      this.paper,
      this.picture,
    );
    paint(inner);
    inner.flush();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = opacity * this.fade;
    ctx.drawImage(sheet.canvas, 0, 0, width, height, left, top, width, height);
  }

  /** Draws what is gathered. */
  flush(): void {
    if (this.gathered === 0) return;
    this.ctx.globalAlpha = 1;
    this.stroke();
  }

  private stroke(): void {
    const { ctx } = this;
    this.gathered = 0;
    ctx.strokeStyle = this.colour(this.strokeColour);
    ctx.lineWidth = this.strokeWidth;
    ctx.lineCap = "round";
    ctx.lineJoin = "round";
    ctx.stroke();
  }
}

let sheet: Canvas2D | null = null;

/** A transparent canvas of at least this size, shared by all surfaces. */
function spareSheet(width: number, height: number): Canvas2D {
  if (sheet === null || sheet.canvas.width < width || sheet.canvas.height < height) {
    const wide = Math.max(width, sheet?.canvas.width ?? 0);
    const high = Math.max(height, sheet?.canvas.height ?? 0);
    const canvas =
      typeof OffscreenCanvas === "undefined"
        ? Object.assign(document.createElement("canvas"), { width: wide, height: high })
        : new OffscreenCanvas(wide, high);
    sheet = canvas.getContext("2d") as Canvas2D;
  }
  return sheet;
}

/** Coordinates in one path: enough to save calls, few enough for the rasteriser's scan lines. */
const MOST_GATHERED = 512;
