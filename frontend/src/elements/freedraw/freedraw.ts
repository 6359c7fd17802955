import type { Freedraw, Line } from "../../generated/protocol";
import { type Box, boxOfFlat } from "../../geometry/box";
import { boundsUnderPlace, invertPlace } from "../../geometry/place";
import { polygonContains } from "../../geometry/polygon";
import { polylineDistance } from "../../geometry/segment";
import { isTransparent } from "../colours";
import { glance } from "../flat_points";
import type { ElementKind } from "../kind";
import { line } from "../line/line";
import type { Surface } from "../surface";
import { touchesTurned } from "../touches";
import { outlinePath } from "./outline";
import { CLOSED_WITHIN, HIGHLIGHTER_WIDTH, PEN_SIZE, WIDEST_INK } from "./pen";
import { inkWidth, scaledPoints, thinOf } from "./thin";

/** Below this width in device pixels a change of pressure cannot be seen. */
const THIN_BELOW = 2.5;
const THIN_BELOW_IN_A_HURRY = 6;
/** Points this many device pixels apart are the corners of what a quick hand drew round. */
const SPARSE = 6;

const boxes = new WeakMap<Uint8Array, Box>();
const NOTHING: Box = { minX: 0, minY: 0, maxX: 0, maxY: 0 };

/** What a pen or a highlighter drew. */
export const freedraw: ElementKind<Freedraw> = {
  localBox,
  bounds: (element) => boundsUnderPlace(element.place, localBox(element)),
  reach(element) {
    if (element.brush === "highlighter") return (element.strokeWidth * HIGHLIGHTER_WIDTH) / 2 + 1;
    const ink = element.strokeWidth * WIDEST_INK + 1;
    return isPatterned(element) ? Math.max(ink, line.reach(fillingOf(element))) : ink;
  },
  hits(element, x, y, tolerance) {
    const points = scaledPoints(element);
    const [px, py, , , angle] = element.place;
    const at = invertPlace([px, py, 1, 1, angle], x, y);
    if (isFilled(element, points) && polygonContains(points, at.x, at.y)) return true;
    return polylineDistance(points, at.x, at.y) <= inkWidth(element) / 2 + tolerance;
  },
  touches(element, box) {
    const points = scaledPoints(element);
    return touchesTurned(element.place, points, box, isFilled(element, points));
  },
  paint(surface, element) {
    if (element.points.length < 3) return;
    if (element.brush === "highlighter") paintHighlighter(surface, element);
    else paintPen(surface, element);
  },
};

function localBox(element: Freedraw): Box {
  const known = boxes.get(element.points);
  if (known !== undefined) return known;
  const { xy } = glance(element.points);
  const box = xy.length === 0 ? NOTHING : boxOfFlat(xy);
  boxes.set(element.points, box);
  return box;
}

function isFilled(element: Freedraw, points: Float32Array): boolean {
  if (isTransparent(element.fill) || points.length < 6 || element.brush !== "pen") return false;
  const last = points.length - 2;
  return Math.hypot(points[0]! - points[last]!, points[1]! - points[last + 1]!) <= CLOSED_WITHIN;
}

function isPatterned({ fill, fillStyle }: Freedraw): boolean {
  return fillStyle !== "solid" && !isTransparent(fill);
}

const NO_OUTLINE = {
  type: "line",
  color: "transparent",
  dash: "solid",
  roughness: 1,
  seed: 1,
  curve: "sharp",
  start: null,
  end: null,
  startHead: "none",
  endHead: "none",
} as const;
const fillings = new WeakMap<Freedraw, Line>();

/** The pattern that fills a closed stroke, as a line without an outline. */
function fillingOf(element: Freedraw): Line {
  let filling = fillings.get(element);
  if (filling === undefined) {
    filling = { ...element, ...NO_OUTLINE };
    fillings.set(element, filling);
  }
  return filling;
}

function paintPen(surface: Surface, element: Freedraw): void {
  const { color, fill, place, opacity } = element;
  const limit = surface.hurried ? THIN_BELOW_IN_A_HURRY : THIN_BELOW;
  const thin = element.strokeWidth * PEN_SIZE * surface.scale < limit && !surface.detailed;
  const points = isTransparent(fill) ? null : scaledPoints(element);
  const filled = points !== null && isFilled(element, points);
  if (thin && !filled) {
    if (isTransparent(color)) return;
    const { points: few, width, spacing } = thinOf(element, surface.scale);
    if (spacing * surface.scale < SPARSE || surface.hurried) {
      surface.polyline(few, place, color, width, opacity);
      return;
    }
  }
  if (filled && isPatterned(element)) line.paint(surface, fillingOf(element));
  const ctx = surface.enter(place, opacity, false);
  if (filled && !isPatterned(element)) {
    ctx.beginPath();
    trace(ctx, points);
    ctx.closePath();
    ctx.fillStyle = surface.colour(fill);
    ctx.fill("evenodd");
  }
  if (isTransparent(color)) return;
  ctx.fillStyle = surface.colour(color);
  ctx.fill(outlinePath(element));
}

function paintHighlighter(surface: Surface, element: Freedraw): void {
  if (isTransparent(element.color)) return;
  const ctx = surface.enter(element.place, element.opacity / 2, false);
  const width = element.strokeWidth * HIGHLIGHTER_WIDTH;
  const points = scaledPoints(element);
  const box = boxOfFlat(points);
  ctx.globalCompositeOperation = surface.paper.theme === "light" ? "multiply" : "screen";
  ctx.beginPath();
  if (box.maxX - box.minX + box.maxY - box.minY < 0.5) {
    ctx.arc(points[0]!, points[1]!, width / 2, 0, 2 * Math.PI);
    ctx.fillStyle = surface.colour(element.color, "marker");
    ctx.fill();
  } else {
    traceSmooth(ctx, points);
    ctx.strokeStyle = surface.colour(element.color, "marker");
    ctx.lineWidth = width;
    ctx.lineCap = "butt";
    ctx.lineJoin = "round";
    ctx.stroke();
  }
  ctx.globalCompositeOperation = "source-over";
}

function trace(ctx: CanvasPath, points: Float32Array): void {
  ctx.moveTo(points[0]!, points[1]!);
  for (let i = 2; i < points.length; i += 2) ctx.lineTo(points[i]!, points[i + 1]!);
}

/** Quadratic curves through the middles of neighbouring points. */
export function traceSmooth(ctx: CanvasPath, points: Float32Array): void {
  ctx.moveTo(points[0]!, points[1]!);
  const last = points.length - 2;
  for (let i = 2; i < last; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    ctx.quadraticCurveTo(x, y, (x + points[i + 2]!) / 2, (y + points[i + 3]!) / 2);
  }
  ctx.lineTo(points[last]!, points[last + 1]!);
}
