import { type Theme, themed } from "../elements/colours";
import type { Box } from "../geometry/box";
import type { Vec } from "../geometry/place";
import { Cursors, type OverlayCursor } from "./cursors";
import { drawCursor, drawOutline, type OverlayOutline } from "./person_marks";
import type { Screen } from "./screen";
import { ViewCanvas } from "./view_canvas";

/** What lies over the board, in CSS pixels of the screen. */
export type OverlayShape =
  | {
      readonly kind: "outline";
      readonly points: readonly Vec[];
      readonly faint?: boolean;
      readonly dashed?: boolean;
    }
  | { readonly kind: "marquee"; readonly box: Box }
  | { readonly kind: "stem"; readonly from: Vec; readonly to: Vec }
  | { readonly kind: "swatch"; readonly at: Vec; readonly colour: string }
  | { readonly kind: "guide"; readonly from: Vec; readonly to: Vec; readonly gap?: true }
  | {
      readonly kind: "handle";
      readonly at: Vec;
      readonly shape: "square" | "circle" | "hint";
      readonly angle?: number;
    };

export interface OverlayColours {
  readonly accent: string;
  readonly paper: string;
  readonly theme: Theme;
}

const HANDLE = 8;
const DASH = [4, 4];
/** Seen on white and on black paper, and taken for nothing that is drawn or selected. */
const GUIDE = "#f0348c";
/** The radius of a colour that would be picked. */
const SWATCH = 10;
/** Half the length of the mark at an end of a distance. */
const MARK = 4;

/** Handles, marquees and other people's pointers, on a canvas of their own. */
export class Overlay {
  private readonly layer: ViewCanvas;
  private shapes: readonly OverlayShape[] = [];
  private readonly cursors = new Cursors();
  private outlines: readonly OverlayOutline[] = [];
  private dirty = false;

  constructor(
    host: HTMLElement,
    private colours: OverlayColours,
    private readonly requestFrame: () => void,
  ) {
    this.layer = new ViewCanvas(host, "overlay", false);
  }

  get needsFrame(): boolean {
    return this.dirty;
  }

  setShapes(shapes: readonly OverlayShape[]): void {
    if (shapes.length === 0 && this.shapes.length === 0) return;
    this.shapes = shapes;
    this.touch();
  }

  setPeople(cursors: readonly OverlayCursor[], outlines: readonly OverlayOutline[]): void {
    const before = this.cursors.size + this.outlines.length;
    if (before + cursors.length + outlines.length === 0) return;
    this.cursors.set(cursors, performance.now());
    this.outlines = outlines;
    this.touch();
  }

  setColours(colours: OverlayColours): void {
    this.colours = colours;
    this.touch();
  }

  /** What hangs in the world has to follow the camera. */
  cameraMoved(): void {
    if (this.cursors.size + this.outlines.length + this.shapes.length > 0) this.dirty = true;
  }

  draw(screen: Screen): void {
    if (this.layer.fit(screen)) this.dirty = true;
    if (!this.dirty) return;
    this.dirty = false;
    this.layer.clear();
    const ctx = this.layer.ctx as CanvasRenderingContext2D;
    ctx.setTransform(screen.pixelRatio, 0, 0, screen.pixelRatio, 0, 0);
    for (const outline of this.outlines) drawOutline(ctx, screen, outline, this.colours.theme);
    for (const shape of this.shapes) this.drawShape(ctx, shape);
    const { seen, fades } = this.cursors.at(performance.now());
    for (const [cursor, alpha] of seen) {
      ctx.globalAlpha = alpha;
      drawCursor(ctx, screen, cursor, this.colours.paper);
    }
    ctx.globalAlpha = 1;
    this.dirty = fades;
    this.layer.show(seen.length + this.shapes.length + this.outlines.length > 0);
  }

  private touch(): void {
    this.dirty = true;
    this.requestFrame();
  }

  private drawShape(ctx: CanvasRenderingContext2D, shape: OverlayShape): void {
    const { accent, paper } = this.colours;
    ctx.strokeStyle = accent;
    ctx.lineWidth = 1;
    switch (shape.kind) {
      case "outline":
        ctx.globalAlpha = shape.faint ? 0.5 : 1;
        traceRing(ctx, shape.points);
        ctx.setLineDash(shape.dashed ? DASH : []);
        ctx.stroke();
        ctx.setLineDash([]);
        ctx.globalAlpha = 1;
        break;
      case "marquee": {
        const { minX, minY, maxX, maxY } = shape.box;
        ctx.fillStyle = accent;
        ctx.globalAlpha = 0.08;
        ctx.fillRect(minX, minY, maxX - minX, maxY - minY);
        ctx.globalAlpha = 1;
        ctx.strokeRect(minX, minY, maxX - minX, maxY - minY);
        break;
      }
      case "swatch":
        drawSwatch(ctx, shape.at, themed(shape.colour, this.colours.theme), paper);
        break;
      case "guide":
        drawGuide(ctx, shape.from, shape.to, shape.gap === true);
        break;
      case "stem":
        ctx.beginPath();
        ctx.moveTo(shape.from.x, shape.from.y);
        ctx.lineTo(shape.to.x, shape.to.y);
        ctx.stroke();
        break;
      case "handle": {
        const { x, y } = shape.at;
        ctx.save();
        ctx.translate(x, y);
        ctx.rotate(shape.angle ?? 0);
        ctx.beginPath();
        if (shape.shape === "square") ctx.roundRect(-HANDLE / 2, -HANDLE / 2, HANDLE, HANDLE, 2);
        else ctx.arc(0, 0, shape.shape === "hint" ? HANDLE / 2 - 1 : HANDLE / 2, 0, 2 * Math.PI);
        ctx.fillStyle = shape.shape === "hint" ? accent : paper;
        ctx.globalAlpha = shape.shape === "hint" ? 0.4 : 1;
        ctx.fill();
        ctx.globalAlpha = 1;
        ctx.lineWidth = 1.25;
        ctx.stroke();
        ctx.restore();
        break;
      }
    }
  }
}

/** A line beyond what it lines up, or a distance between two marks; no colour of a selection. */
function drawGuide(ctx: CanvasRenderingContext2D, from: Vec, to: Vec, gap: boolean): void {
  ctx.strokeStyle = GUIDE;
  ctx.beginPath();
  // Through the middle of pixels: between two of them, a thin line is a pale one.
  ctx.translate(0.5, 0.5);
  ctx.moveTo(Math.round(from.x), Math.round(from.y));
  ctx.lineTo(Math.round(to.x), Math.round(to.y));
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (gap && length > 0) {
    const [x, y] = [((to.y - from.y) / length) * MARK, ((from.x - to.x) / length) * MARK];
    for (const end of [from, to]) {
      ctx.moveTo(end.x - x, end.y - y);
      ctx.lineTo(end.x + x, end.y + y);
    }
  }
  ctx.stroke();
  ctx.translate(-0.5, -0.5);
}

/** A colour in a ring that sets it apart from what is below. */
function drawSwatch(ctx: CanvasRenderingContext2D, at: Vec, colour: string, paper: string): void {
  ctx.beginPath();
  ctx.arc(at.x, at.y, SWATCH, 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.strokeStyle = paper;
  ctx.lineWidth = 3;
  ctx.stroke();
  ctx.strokeStyle = "#868e96";
  ctx.lineWidth = 1;
  ctx.stroke();
}

function traceRing(ctx: CanvasRenderingContext2D, points: readonly Vec[]): void {
  ctx.beginPath();
  for (const { x, y } of points) ctx.lineTo(x, y);
  ctx.closePath();
}
