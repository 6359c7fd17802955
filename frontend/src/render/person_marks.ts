import type { Theme } from "../elements/colours";
import type { Canvas2D } from "../elements/surface";
import type { Vec } from "../geometry/place";
import type { OverlayCursor } from "./cursors";
import type { Screen } from "./screen";

/** What somebody has selected: rings in the world, and whose they are. */
export interface OverlayOutline {
  readonly rings: readonly (readonly Vec[])[];
  readonly name: string;
  readonly colour: string;
}

const FONT = '500 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const TAG_FONT = '500 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const TAG_HEIGHT = 17;
/** Smaller selections, in pixels, bear no name: it would hide them. */
const SMALLEST_TAGGED = 16;
const widths = new Map<string, number>();

/** A person's colour as a line on the board: people's colours are dark, for white words on them. */
export function lineColour(colour: string, theme: Theme): string {
  if (theme === "light") return colour;
  const lighter = [1, 3, 5].map((at) => {
    const byte = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(byte + (255 - byte) * 0.4)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${lighter.join("")}`;
}

/** Draws in CSS pixels of the screen. */
export function drawOutline(
  ctx: Canvas2D,
  screen: Screen,
  { rings, name, colour }: OverlayOutline,
  theme: Theme,
): void {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  ctx.strokeStyle = lineColour(colour, theme);
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (const ring of rings) {
    ring.forEach((point, i) => {
      const { x, y } = toScreen(screen, point);
      if (i === 0) ctx.moveTo(x, y);
      else ctx.lineTo(x, y);
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x);
      bottom = Math.max(bottom, y);
    });
    ctx.closePath();
  }
  ctx.stroke();
  if (name === "" || Math.max(right - left, bottom - top) < SMALLEST_TAGGED) return;
  if (right < 0 || bottom < 0 || left > screen.width || top > screen.height) return;
  ctx.font = TAG_FONT;
  const width = widthOf(ctx, name) + 8;
  // Above the corner where there is room, else inside of it.
  const y = top - TAG_HEIGHT >= 0 ? top - TAG_HEIGHT : Math.max(0, top);
  const x = Math.max(left - 0.75, Math.min(0, right - width));
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.roundRect(x, y, width, TAG_HEIGHT, [4, 4, top - TAG_HEIGHT >= 0 ? 0 : 4, 0]);
  ctx.fill();
  ctx.fillStyle = readableOn(colour);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillText(name, x + 4, y + 12.5);
}

/** Draws in CSS pixels of the screen; `paper` is the colour around it. */
export function drawCursor(
  ctx: Canvas2D,
  screen: Screen,
  { at, name, colour }: OverlayCursor,
  paper: string,
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
  ctx.strokeStyle = paper;
  ctx.lineWidth = 2;
  ctx.lineJoin = "round";
  ctx.stroke();
  ctx.fill();
  if (name === "") return;
  ctx.font = FONT;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.beginPath();
  ctx.roundRect(x + 12, y + 14, widthOf(ctx, name) + 12, 20, 6);
  ctx.fill();
  ctx.fillStyle = readableOn(colour);
  ctx.fillText(name, x + 18, y + 28);
}

function widthOf(ctx: Canvas2D, name: string): number {
  const key = `${ctx.font} ${name}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 500) widths.clear();
    width = ctx.measureText(name).width;
    widths.set(key, width);
  }
  return width;
}

function toScreen(screen: Screen, { x, y }: Vec): Vec {
  return { x: (x - screen.x) * screen.zoom, y: (y - screen.y) * screen.zoom };
}

/** Black or white, whichever stands out more from the colour (relative luminance of WCAG 2). */
function readableOn(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#000000" : "#ffffff";
}
