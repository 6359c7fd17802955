import type { Rectangle } from "../../generated/protocol";
import { boxShape } from "../sketch/box_shape";
import { cornerRadius } from "../sketch/options";
import type { Tracer } from "../sketch/tracer";

export const rectangle = boxShape<Rectangle>({
  trace(tracer, element, width, height) {
    if (element.rounded) traceRounded(tracer, width, height);
    else traceSharp(tracer, width, height);
  },
  draw(rough, element, width, height, options) {
    if (!element.rounded) return rough.rectangle(0, 0, width, height, options);
    const r = cornerRadius(Math.min(width, height));
    const [right, bottom] = [width - r, height - r];
    return rough.path(
      `M ${r} 0 L ${right} 0 Q ${width} 0, ${width} ${r} L ${width} ${bottom} ` +
        `Q ${width} ${height}, ${right} ${height} L ${r} ${height} Q 0 ${height}, 0 ${bottom} ` +
        `L 0 ${r} Q 0 0, ${r} 0`,
      options,
    );
  },
  continuous: (element) => element.rounded,
});

function traceSharp(tracer: Tracer, width: number, height: number): void {
  tracer.moveTo(0, 0);
  tracer.lineTo(width, 0);
  tracer.lineTo(width, height);
  tracer.lineTo(0, height);
  tracer.closePath();
}

function traceRounded(tracer: Tracer, width: number, height: number): void {
  const r = cornerRadius(Math.min(width, height));
  tracer.moveTo(r, 0);
  tracer.lineTo(width - r, 0);
  tracer.quadraticCurveTo(width, 0, width, r);
  tracer.lineTo(width, height - r);
  tracer.quadraticCurveTo(width, height, width - r, height);
  tracer.lineTo(r, height);
  tracer.quadraticCurveTo(0, height, 0, height - r);
  tracer.lineTo(0, r);
  tracer.quadraticCurveTo(0, 0, r, 0);
  tracer.closePath();
}
