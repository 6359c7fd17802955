import type { Diamond } from "../../generated/protocol";
import { boxShape } from "../sketch/box_shape";
import { cornerRadius } from "../sketch/options";

export const diamond = boxShape<Diamond>({
  trace(tracer, element, width, height) {
    const { top, right, bottom, left } = corners(width, height);
    if (!element.rounded) {
      tracer.moveTo(...top);
      tracer.lineTo(...right);
      tracer.lineTo(...bottom);
      tracer.lineTo(...left);
      tracer.closePath();
      return;
    }
    const [v, h] = radii(width, height);
    tracer.moveTo(top[0] + v, top[1] + h);
    tracer.lineTo(right[0] - v, right[1] - h);
    tracer.bezierCurveTo(...right, ...right, right[0] - v, right[1] + h);
    tracer.lineTo(bottom[0] + v, bottom[1] - h);
    tracer.bezierCurveTo(...bottom, ...bottom, bottom[0] - v, bottom[1] - h);
    tracer.lineTo(left[0] + v, left[1] + h);
    tracer.bezierCurveTo(...left, ...left, left[0] + v, left[1] - h);
    tracer.lineTo(top[0] - v, top[1] + h);
    tracer.bezierCurveTo(...top, ...top, top[0] + v, top[1] + h);
    tracer.closePath();
  },
  draw(rough, element, width, height, options) {
    const { top, right, bottom, left } = corners(width, height);
    if (!element.rounded) return rough.polygon([top, right, bottom, left], options);
    const [v, h] = radii(width, height);
    return rough.path(
      `M ${top[0] + v} ${top[1] + h} L ${right[0] - v} ${right[1] - h} ` +
        `C ${right.join(" ")}, ${right.join(" ")}, ${right[0] - v} ${right[1] + h} ` +
        `L ${bottom[0] + v} ${bottom[1] - h} ` +
        `C ${bottom.join(" ")}, ${bottom.join(" ")}, ${bottom[0] - v} ${bottom[1] - h} ` +
        `L ${left[0] + v} ${left[1] + h} ` +
        `C ${left.join(" ")}, ${left.join(" ")}, ${left[0] + v} ${left[1] - h} ` +
        `L ${top[0] - v} ${top[1] + h} ` +
        `C ${top.join(" ")}, ${top.join(" ")}, ${top[0] + v} ${top[1] + h}`,
      options,
    );
  },
  textRoom: { minX: 0.25, minY: 0.25, maxX: 0.75, maxY: 0.75 },
  continuous: (element) => element.rounded,
});

type Corner = [x: number, y: number];

/** The middles of the sides; top and left are off by the part of a pixel that Excalidraw adds. */
function corners(
  width: number,
  height: number,
): { top: Corner; right: Corner; bottom: Corner; left: Corner } {
  const x = Math.floor(width / 2) + 1;
  const y = Math.floor(height / 2) + 1;
  return { top: [x, 0], right: [width, y], bottom: [x, height], left: [0, y] };
}

/** How far the rounding reaches along x and y. */
function radii(width: number, height: number): [number, number] {
  const { top, left, right } = corners(width, height);
  return [cornerRadius(Math.abs(top[0] - left[0])), cornerRadius(Math.abs(right[1] - top[1]))];
}
