import type { Frame } from "../../generated/protocol";
import { cornersUnderPlace } from "../../geometry/place";
import { closed } from "../../geometry/polygon";
import { polylineDistance } from "../../geometry/segment";
import type { Canvas2D } from "../surface";
import { fontString, needFont } from "../text/fonts";
import { uprightKind } from "../upright";
import { NAME_ABOVE, NAME_HEIGHT, nameOf, SMALLEST_NAMED } from "./name";

export const FRAME_RADIUS = 8;
const WIDTH = 2;

const frameBox = uprightKind<Frame>({
  // The name keeps its size on the screen: at the smallest zooms it is left out rather than reserved.
  reach: () => (NAME_HEIGHT + NAME_ABOVE) * 4,
  paint(surface, element, left, top, width, height) {
    const { ctx } = surface;
    ctx.lineWidth = WIDTH;
    ctx.strokeStyle = surface.colour("#bbbbbb");
    traceFrame(ctx, left, top, width, height);
    ctx.stroke();
    if (surface.cssScale < SMALLEST_NAMED) return;
    const pixel = 1 / surface.cssScale;
    const name = nameOf(element);
    needFont("sans", name);
    ctx.font = fontString("sans", NAME_HEIGHT * pixel);
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = surface.colour("#999999");
    ctx.fillText(name, left, top - NAME_ABOVE * pixel, Math.max(width, 1));
  },
});

/** A named box that clips what is in it; taken by its outline, so that what is in it can be taken too. */
export const frame = {
  ...frameBox,
  hits(element: Frame, x: number, y: number, tolerance: number): boolean {
    const ring = cornersUnderPlace(element.place).flatMap((corner) => [corner.x, corner.y]);
    return polylineDistance(closed(ring), x, y) <= WIDTH / 2 + tolerance;
  },
};

/** The outline of a frame as the current path. */
export function traceFrame(
  ctx: Canvas2D,
  left: number,
  top: number,
  width: number,
  height: number,
): void {
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, Math.min(FRAME_RADIUS, width / 2, height / 2));
}
