import { boundsUnderPlace, invertPlace } from "../../geometry/place";
import { polygonContains } from "../../geometry/polygon";
import { polylineDistance } from "../../geometry/segment";
import { bandError, simplify, zoomBand } from "../../geometry/simplify";
import { isTransparent } from "../colours";
import type { ElementKind } from "../kind";
import { cleanWidth, paintTone, sketchDetail } from "../sketch/detail";
import { dashOf, handReach } from "../sketch/options";
import { paintParts } from "../sketch/paint";
import { partsFor } from "../sketch/sketches";
import type { Surface } from "../surface";
import { touchesTurned } from "../touches";
import { type Course, courseOf, type Linear, localBoxOf } from "./course";
import { drawByHand, paintCleanHeads } from "./drawing";
import { HEAD_REACH } from "./heads";

/** Lines and arrows: points with a straight, curved or angled course, heads, and a fill for loops. */
export const line: ElementKind<Linear> = {
  localBox: localBoxOf,
  bounds: (element) => boundsUnderPlace(element.place, localBoxOf(element)),
  reach(element) {
    const headed = element.startHead !== "none" || element.endHead !== "none";
    const box = localBoxOf(element);
    const width = Math.abs(element.place[2]) * (box.maxX - box.minX);
    const height = Math.abs(element.place[3]) * (box.maxY - box.minY);
    // rough.js hatches a slightly wider curve than it draws.
    const wider = element.curve === "round" && element.fillStyle !== "solid" ? 0.15 : 0;
    return (
      handReach(element, width, height) +
      wider * Math.max(width, height) +
      (headed ? HEAD_REACH : 0)
    );
  },
  hits(element, x, y, tolerance) {
    const course = courseOf(element);
    const [px, py, , , angle] = element.place;
    const at = invertPlace([px, py, 1, 1, angle], x, y);
    if (isFilled(element, course) && polygonContains(course.flat, at.x, at.y)) return true;
    return polylineDistance(course.flat, at.x, at.y) <= element.strokeWidth / 2 + tolerance;
  },
  touches(element, box) {
    const course = courseOf(element);
    return touchesTurned(element.place, course.flat, box, isFilled(element, course));
  },
  paint(surface, element) {
    const course = courseOf(element);
    if (course.points.length < 4) return;
    const filled = isFilled(element, course);
    const detail = sketchDetail(surface, element);
    if (detail === "clean" && !filled && isPlain(element)) {
      paintFar(surface, element, course);
      return;
    }
    const ctx = surface.enter(element.place, element.opacity, false);
    ctx.lineCap = "round";
    ctx.lineJoin = "round";
    if (detail === "rough") {
      const { width, height } = course;
      const parts = partsFor(element, width, height, (rough) => drawByHand(rough, element, course));
      if (parts !== null) {
        paintParts(surface, ctx, parts, element.color, element.fill);
        return;
      }
    }
    paintClean(surface, element, course, filled);
  },
};

function isFilled(element: Linear, course: Course): boolean {
  return course.loop && element.type === "line" && !isTransparent(element.fill);
}

/** Nothing but one stroke of one colour. */
function isPlain(element: Linear): boolean {
  return element.dash === "solid" && element.startHead === "none" && element.endHead === "none";
}

function paintFar(surface: Surface, element: Linear, course: Course): void {
  if (isTransparent(element.color)) return;
  surface.polyline(
    thinCourse(course, surface.scale),
    element.place,
    element.color,
    cleanWidth(surface, element),
    element.opacity,
  );
}

const thins = new WeakMap<Course, { band: number; points: Float32Array }>();

function thinCourse(course: Course, scale: number): Float32Array {
  if (course.flat.length <= 8) return course.flat;
  const band = zoomBand(scale);
  let thin = thins.get(course);
  if (thin?.band !== band) {
    thin = { band, points: simplify(course.flat, bandError(band)) };
    thins.set(course, thin);
  }
  return thin.points;
}

function paintClean(surface: Surface, element: Linear, course: Course, filled: boolean): void {
  const { ctx } = surface;
  ctx.beginPath();
  ctx.moveTo(course.points[0]!, course.points[1]!);
  for (const [a, b, c, d, x, y] of course.cubics) {
    if (element.curve === "sharp") ctx.lineTo(x, y);
    else ctx.bezierCurveTo(a, b, c, d, x, y);
  }
  if (filled) {
    if (element.curve === "sharp") ctx.closePath();
    paintTone(surface, element, course.width, course.height);
  }
  if (isTransparent(element.color)) return;
  ctx.strokeStyle = surface.colour(element.color);
  const dash = dashOf(element.dash, element.strokeWidth);
  ctx.lineWidth = cleanWidth(surface, element);
  if (dash.length > 0) ctx.setLineDash(dash);
  ctx.stroke();
  if (dash.length > 0) ctx.setLineDash([]);
  paintCleanHeads(surface, ctx, element, course);
}
