import { themed } from "../elements/colours";
import { HIGHLIGHTER_WIDTH } from "../elements/freedraw/pen";
import type { Freedraw } from "../generated/protocol";
import { type Box, EMPTY_BOX, isEmpty, union } from "../geometry/box";
import { boundsUnderPlace } from "../geometry/place";
import { InkTrail } from "./ink_trail";
import type { Painting } from "./painting";
import type { Screen } from "./screen";
import { ViewCanvas } from "./view_canvas";

export interface InkSample {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

interface Growing {
  readonly element: Freedraw;
  readonly trail: InkTrail;
}

/**
 * Ink being drawn, by oneself and by others. A frame redraws only the box in which ink has grown, so
 * its cost does not grow with the stroke.
 */
export class InkLayer {
  private readonly layer: ViewCanvas;
  private readonly inks = new Map<string, Growing>();
  /** What has changed since the last frame, in the world. */
  private dirty: Box = EMPTY_BOX;
  private redrawAll = false;

  constructor(
    host: HTMLElement,
    private readonly painting: Painting,
  ) {
    this.layer = new ViewCanvas(host, "ink", false);
  }

  get needsFrame(): boolean {
    return this.redrawAll || !isEmpty(this.dirty);
  }

  has(id: string): boolean {
    return this.inks.has(id);
  }

  /** How many points of a stroke are drawn. */
  lengthOf(id: string): number {
    return this.inks.get(id)?.trail.length ?? 0;
  }

  start(element: Freedraw, simulated: boolean): void {
    const { strokeWidth, brush } = element;
    const width = brush === "highlighter" ? strokeWidth * HIGHLIGHTER_WIDTH : null;
    this.inks.set(element.id, { element, trail: new InkTrail(strokeWidth, width, simulated) });
  }

  extend(id: string, points: readonly InkSample[]): void {
    const growing = this.inks.get(id);
    if (growing === undefined) return;
    const { element, trail } = growing;
    for (const { x, y, pressure } of points) {
      const box = trail.add(x, y, pressure);
      this.dirty = union(this.dirty, boundsUnderPlace(element.place, box));
    }
  }

  end(id: string): void {
    if (this.inks.delete(id)) this.redrawAll = true;
  }

  /** The camera has moved, or the theme changed. */
  touchAll(): void {
    if (this.inks.size > 0) this.redrawAll = true;
  }

  draw(screen: Screen): void {
    const resized = this.layer.fit(screen);
    if (this.needsFrame) this.layer.show(this.inks.size > 0);
    const { ctx, canvas } = this.layer;
    if (this.redrawAll || resized) {
      this.layer.clear();
      this.drawIn(screen, 0, 0, canvas.width, canvas.height);
    } else if (!isEmpty(this.dirty)) {
      const { dirty } = this;
      // One pixel more on each side: edges are smoothed.
      const left = Math.max(0, Math.floor((dirty.minX - screen.x) * screen.scale) - 1);
      const top = Math.max(0, Math.floor((dirty.minY - screen.y) * screen.scale) - 1);
      const right = Math.min(canvas.width, Math.ceil((dirty.maxX - screen.x) * screen.scale) + 1);
      const bottom = Math.min(canvas.height, Math.ceil((dirty.maxY - screen.y) * screen.scale) + 1);
      if (right > left && bottom > top) {
        ctx.setTransform(1, 0, 0, 1, 0, 0);
        ctx.save();
        ctx.beginPath();
        ctx.rect(left, top, right - left, bottom - top);
        ctx.clip();
        ctx.clearRect(left, top, right - left, bottom - top);
        this.drawIn(screen, left, top, right, bottom);
        ctx.restore();
      }
    }
    this.redrawAll = false;
    this.dirty = EMPTY_BOX;
  }

  private drawIn(screen: Screen, left: number, top: number, right: number, bottom: number): void {
    const { ctx } = this.layer;
    const { theme } = this.painting.paper;
    for (const { element, trail } of this.inks.values()) {
      const [x, y] = element.place;
      const s = screen.scale;
      const box = {
        minX: left / s + screen.x - x,
        minY: top / s + screen.y - y,
        maxX: right / s + screen.x - x,
        maxY: bottom / s + screen.y - y,
      };
      ctx.setTransform(s, 0, 0, s, (x - screen.x) * s, (y - screen.y) * s);
      ctx.beginPath();
      if (!trail.trace(ctx, box)) continue;
      const marks = element.brush === "highlighter";
      ctx.fillStyle = themed(element.color, theme, marks ? "marker" : "ink");
      ctx.globalAlpha = element.opacity * (marks ? 0.5 : 1);
      ctx.fill();
    }
    ctx.globalAlpha = 1;
  }
}
