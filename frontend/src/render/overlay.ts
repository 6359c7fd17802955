import type { Box } from "../geometry/box";
import type { Vec } from "../geometry/place";
import type { Screen } from "./screen";
import { ViewCanvas } from "./view_canvas";

/** What lies over the board, in CSS pixels of the screen. */
export type OverlayShape =
  | { readonly kind: "outline"; readonly points: readonly Vec[]; readonly faint?: boolean }
  | { readonly kind: "marquee"; readonly box: Box }
  | { readonly kind: "stem"; readonly from: Vec; readonly to: Vec }
  | { readonly kind: "guide"; readonly from: Vec; readonly to: Vec }
  | {
      readonly kind: "handle";
      readonly at: Vec;
      readonly shape: "square" | "circle" | "hint";
      readonly angle?: number;
    };

/** Somebody's pointer, in the world. */
export interface OverlayCursor {
  readonly at: Vec;
  readonly name: string;
  readonly colour: string;
}

/** The outline of what somebody has selected: a ring in the world. */
export interface OverlayOutline {
  readonly ring: readonly Vec[];
  readonly colour: string;
}

export interface OverlayColours {
  readonly accent: string;
  readonly paper: string;
}

const HANDLE = 8;
const FONT = '500 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Handles, marquees and other people's pointers, on a canvas of their own. */
export class Overlay {
  private readonly layer: ViewCanvas;
  private shapes: readonly OverlayShape[] = [];
  private cursors: readonly OverlayCursor[] = [];
  private outlines: readonly OverlayOutline[] = [];
  private dirty = false;
  private readonly nameWidths = new Map<string, number>();

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
    const before = this.cursors.length + this.outlines.length;
    if (before + cursors.length + outlines.length === 0) return;
    this.cursors = cursors;
    this.outlines = outlines;
    this.touch();
  }

  setColours(colours: OverlayColours): void {
    this.colours = colours;
    this.touch();
  }

  /** What hangs in the world has to follow the camera. */
  cameraMoved(): void {
    if (this.cursors.length + this.outlines.length + this.shapes.length > 0) this.dirty = true;
  }

  draw(screen: Screen): void {
    if (this.layer.fit(screen)) this.dirty = true;
    if (!this.dirty) return;
    this.dirty = false;
    this.layer.clear();
    const ctx = this.layer.ctx as CanvasRenderingContext2D;
    ctx.setTransform(screen.pixelRatio, 0, 0, screen.pixelRatio, 0, 0);
    for (const { ring, colour } of this.outlines) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1.5;
      traceRing(
        ctx,
        ring.map((at) => toScreen(screen, at)),
      );
      ctx.stroke();
    }
    for (const shape of this.shapes) this.drawShape(ctx, shape);
    for (const cursor of this.cursors) this.drawCursor(ctx, screen, cursor);
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
        ctx.stroke();
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
      case "stem":
      case "guide":
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

  private drawCursor(
    ctx: CanvasRenderingContext2D,
    screen: Screen,
    { at, name, colour }: OverlayCursor,
  ): void {
    const { x, y } = toScreen(screen, at);
    if (x < -200 || y < -40 || x > screen.width + 20 || y > screen.height + 20) return;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + 4.5, y + 16);
    ctx.lineTo(x + 8, y + 9.5);
    ctx.lineTo(x + 15, y + 7);
    ctx.closePath();
    ctx.fillStyle = colour;
    ctx.strokeStyle = this.colours.paper;
    ctx.lineWidth = 2;
    ctx.lineJoin = "round";
    ctx.stroke();
    ctx.fill();
    if (name === "") return;
    ctx.font = FONT;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    const width = this.nameWidth(ctx, name);
    ctx.beginPath();
    ctx.roundRect(x + 12, y + 14, width + 12, 20, 6);
    ctx.fill();
    ctx.fillStyle = readableOn(colour);
    ctx.fillText(name, x + 18, y + 28);
  }

  private nameWidth(ctx: CanvasRenderingContext2D, name: string): number {
    let width = this.nameWidths.get(name);
    if (width === undefined) {
      if (this.nameWidths.size > 500) this.nameWidths.clear();
      width = ctx.measureText(name).width;
      this.nameWidths.set(name, width);
    }
    return width;
  }
}

function toScreen(screen: Screen, { x, y }: Vec): Vec {
  return { x: (x - screen.x) * screen.zoom, y: (y - screen.y) * screen.zoom };
}

function traceRing(ctx: CanvasRenderingContext2D, points: readonly Vec[]): void {
  ctx.beginPath();
  for (const { x, y } of points) ctx.lineTo(x, y);
  ctx.closePath();
}

/** Black or white, whichever stands out more from the colour (relative luminance of WCAG 2). */
function readableOn(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#000000" : "#ffffff";
}
