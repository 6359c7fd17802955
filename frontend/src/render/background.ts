import { type Theme, themed } from "../elements/colours";
import type { Surface } from "../elements/surface";

export interface Background {
  /** In the light theme; the dark one maps it as it maps every colour. */
  readonly colour: string;
  readonly dots: boolean;
}

export const PLAIN: Background = { colour: "#ffffff", dots: false };

/** World units between dots at 100 %. */
export const GRID_STEP = 20;
/** Dots stand at least this many CSS pixels apart: further out, only each fifth is shown. */
const CLOSEST = 12;

export function backgroundColour(background: Background, theme: Theme): string {
  return themed(background.colour, theme);
}

/** Fills a device rectangle of the surface, and dots it with the grid that fits the zoom. */
export function paintBackground(
  surface: Surface,
  background: Background,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const { ctx, view } = surface;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 1;
  ctx.fillStyle = surface.paper.background;
  ctx.fillRect(x, y, width, height);
  if (!background.dots) return;
  let step = GRID_STEP;
  while (step * surface.cssScale < CLOSEST) step *= 5;
  const size = Math.max(1, Math.round(1.25 * view.pixelRatio));
  ctx.fillStyle = surface.colour("#d5d5d0");
  const firstX = Math.ceil((view.x + (x - size) / view.scale) / step) * step;
  const firstY = Math.ceil((view.y + (y - size) / view.scale) / step) * step;
  for (let wy = firstY; (wy - view.y) * view.scale < y + height + size; wy += step) {
    const top = Math.round((wy - view.y) * view.scale - size / 2);
    for (let wx = firstX; (wx - view.x) * view.scale < x + width + size; wx += step) {
      ctx.fillRect(Math.round((wx - view.x) * view.scale - size / 2), top, size, size);
    }
  }
}
