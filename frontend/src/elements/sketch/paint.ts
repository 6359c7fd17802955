import { isTransparent } from "../colours";
import type { Canvas2D, Surface } from "../surface";
import type { Part } from "./parts";

/** Paints parts in their order. The surface has been entered. */
export function paintParts(
  surface: Surface,
  ctx: Canvas2D,
  parts: readonly Part[],
  line: string,
  fill: string,
): void {
  for (const part of parts) {
    const colour =
      part.colour === "paper"
        ? surface.paper.background
        : surface.colour(part.colour === "line" ? line : fill);
    if (isTransparent(colour)) continue;
    if (part.how === "fill") {
      ctx.fillStyle = colour;
      const { globalAlpha } = ctx;
      if (part.opacity < 1) ctx.globalAlpha = globalAlpha * part.opacity;
      ctx.fill(part.path, part.rule);
      if (part.opacity < 1) ctx.globalAlpha = globalAlpha;
      continue;
    }
    ctx.strokeStyle = colour;
    ctx.lineWidth = part.width;
    if (part.dash.length > 0) ctx.setLineDash(part.dash as number[]);
    ctx.stroke(part.path);
    if (part.dash.length > 0) ctx.setLineDash([]);
  }
}
