import type { Triangle } from "../../generated/protocol";
import { boxShape } from "../sketch/box_shape";
import { cornerRadius } from "../sketch/options";

export const triangle = boxShape<Triangle>({
  trace(tracer, element, width, height) {
    const [top, right, left] = corners(width, height);
    if (!element.rounded) {
      tracer.moveTo(...top);
      tracer.lineTo(...right);
      tracer.lineTo(...left);
      tracer.closePath();
      return;
    }
    const [start, ...turns] = roundedCourse(width, height);
    tracer.moveTo(...start);
    for (const [into, corner, out] of turns) {
      tracer.lineTo(...into);
      tracer.quadraticCurveTo(...corner, ...out);
    }
    tracer.closePath();
  },
  draw(rough, element, width, height, options) {
    if (!element.rounded) return rough.polygon(corners(width, height), options);
    const [start, ...turns] = roundedCourse(width, height);
    const course = turns.map(
      ([into, corner, out]) => ` L ${into.join(" ")} Q ${corner.join(" ")}, ${out.join(" ")}`,
    );
    return rough.path(`M ${start.join(" ")}${course.join("")}`, options);
  },
  textRoom: { minX: 0.25, minY: 0.5, maxX: 0.75, maxY: 1 },
  continuous: (element) => element.rounded,
});

type Corner = [x: number, y: number];
type Turn = readonly [into: Corner, corner: Corner, out: Corner];

function corners(width: number, height: number): [top: Corner, right: Corner, left: Corner] {
  return [
    [width / 2, 0],
    [width, height],
    [0, height],
  ];
}

/** Where the rounded outline begins, right of the top, and its three turns from there. */
function roundedCourse(width: number, height: number): [start: Corner, ...turns: Turn[]] {
  const [top, right, left] = corners(width, height);
  const cut = cornerRadius(Math.min(width, height));
  const turn = (before: Corner, corner: Corner, after: Corner): Turn => [
    towards(corner, before, cut),
    corner,
    towards(corner, after, cut),
  ];
  return [
    towards(top, right, cut),
    turn(top, right, left),
    turn(right, left, top),
    turn(left, top, right),
  ];
}

function towards(from: Corner, to: Corner, by: number): Corner {
  const share = by / Math.max(Math.hypot(to[0] - from[0], to[1] - from[1]), 1e-9);
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}
