import type { Ellipse } from "../../generated/protocol";
import { ellipseRing } from "../../geometry/polygon";
import { boxShape } from "../sketch/box_shape";

export const ellipse = boxShape<Ellipse>({
  trace(tracer, _element, width, height) {
    tracer.ellipse(width / 2, height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
    tracer.closePath();
  },
  draw: (rough, _element, width, height, options) =>
    rough.ellipse(width / 2, height / 2, width, height, options),
  ring: (_element, width, height) => ellipseRing(width / 2, height / 2, width / 2, height / 2),
  continuous: () => false,
});
