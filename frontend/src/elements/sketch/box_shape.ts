/** What all shapes in a box share, whatever their outline. */
import { type Box, intersects } from "../../geometry/box";
import { applyPlace, boundsUnderPlace, UNIT_SQUARE } from "../../geometry/place";
import { closed, polygonContains, polygonTouchesBox } from "../../geometry/polygon";
import { polylineDistance } from "../../geometry/segment";
import { isTransparent } from "../colours";
import type { ElementKind } from "../kind";
import type { Surface } from "../surface";
import { cleanWidth, paintTone, sketchDetail } from "./detail";
import { type BoxShape, dashOf, handReach, roughOptions } from "./options";
import { paintParts } from "./paint";
import type { Drawable, Options, RoughGenerator } from "./rough";
import { partsFor } from "./sketches";
import { RingTracer, type Tracer } from "./tracer";

export interface Outline<E extends BoxShape> {
  /** The clean outline in a box of this width and height. */
  trace(tracer: Tracer, element: E, width: number, height: number): void;
  /** The same drawn by hand. */
  draw(rough: RoughGenerator, element: E, width: number, height: number, o: Options): Drawable;
  /** Where text inside lies, as shares of the box. */
  readonly textRoom?: Box;
  /** True when the outline runs on through its corners. */
  continuous(element: E): boolean;
}

export function boxShape<E extends BoxShape>(outline: Outline<E>): ElementKind<E> {
  const ringInWorld = (element: E): Float64Array => {
    const [x, y, sx, sy, angle] = element.place;
    const width = Math.abs(sx);
    const height = Math.abs(sy);
    const tracer = new RingTracer();
    outline.trace(tracer, element, width, height);
    const local = tracer.points;
    const ring = new Float64Array(local.length);
    for (let i = 0; i < local.length; i += 2) {
      const at = applyPlace(
        [x, y, Math.sign(sx) || 1, Math.sign(sy) || 1, angle],
        local[i]!,
        local[i + 1]!,
      );
      ring[i] = at.x;
      ring[i + 1] = at.y;
    }
    return ring;
  };
  return {
    localBox: () => UNIT_SQUARE,
    ring: ringInWorld,
    ...(outline.textRoom === undefined ? {} : { textRoom: outline.textRoom }),
    bounds: (element) => boundsUnderPlace(element.place),
    reach: (element) => handReach(element, Math.abs(element.place[2]), Math.abs(element.place[3])),
    hits(element, x, y, tolerance) {
      const ring = ringInWorld(element);
      if (!isTransparent(element.fill) && polygonContains(ring, x, y)) return true;
      return polylineDistance(closed(ring), x, y) <= element.strokeWidth / 2 + tolerance;
    },
    touches(element, box) {
      if (!intersects(boundsUnderPlace(element.place), box)) return false;
      const filled = !isTransparent(element.fill);
      return polygonTouchesBox(ringInWorld(element), box, filled);
    },
    paint(surface, element) {
      const [, , sx, sy] = element.place;
      const width = Math.abs(sx);
      const height = Math.abs(sy);
      const detail = sketchDetail(surface, element);
      const ctx = surface.enter(element.place, element.opacity, true);
      ctx.lineCap = "round";
      ctx.lineJoin = "round";
      if (detail === "rough") {
        const parts = partsFor(element, width, height, (rough) => [
          {
            drawable: outline.draw(
              rough,
              element,
              width,
              height,
              roughOptions(element, width, height, true, outline.continuous(element)),
            ),
            fill: "fill",
          },
        ]);
        if (parts !== null) {
          paintParts(surface, ctx, parts, element.color, element.fill);
          return;
        }
      }
      paintClean(surface, element, outline, width, height);
    },
  };
}

function paintClean<E extends BoxShape>(
  surface: Surface,
  element: E,
  outline: Outline<E>,
  width: number,
  height: number,
): void {
  const { ctx } = surface;
  ctx.beginPath();
  outline.trace(ctx, element, width, height);
  if (!isTransparent(element.fill)) paintTone(surface, element, width, height);
  if (isTransparent(element.color)) return;
  ctx.strokeStyle = surface.colour(element.color);
  const dash = dashOf(element.dash, element.strokeWidth);
  ctx.lineWidth = cleanWidth(surface, element);
  if (dash.length > 0) ctx.setLineDash(dash);
  ctx.stroke();
  if (dash.length > 0) ctx.setLineDash([]);
}
