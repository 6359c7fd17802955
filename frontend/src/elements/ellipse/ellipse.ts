import type { Ellipse } from "../../generated/protocol";
import { boxShape } from "../sketch/box_shape";

/** Beside the largest box that an ellipse holds. */
const ASIDE = (1 - Math.SQRT1_2) / 2;

export const ellipse = boxShape<Ellipse>({
  trace(tracer, _element, width, height) {
    tracer.ellipse(width / 2, height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
    tracer.closePath();
  },
  draw: (rough, _element, width, height, options) =>
    rough.ellipse(width / 2, height / 2, width, height, options),
  textRoom: { minX: ASIDE, minY: ASIDE, maxX: 1 - ASIDE, maxY: 1 - ASIDE },
  continuous: () => false,
});
