import type { Drawable } from "./rough";

/** One thing to fill or stroke of a shape; colours are names, so that recolouring keeps the paths. */
export interface Part {
  readonly path: Path2D;
  readonly how: "fill" | "stroke";
  readonly rule: CanvasFillRule;
  readonly colour: "line" | "fill" | "paper";
  readonly width: number;
  readonly dash: readonly number[];
  readonly opacity: number;
}

/**
 * The parts of a drawable, painted as rough.js' own canvas renderer paints them. `fill` says what its
 * fill colour stands for.
 */
export function partsOf(drawable: Drawable, fill: Part["colour"], fillOpacity = 1): Part[] {
  const { options, shape, sets } = drawable;
  return sets.map((set) => {
    const path = new Path2D();
    for (const { op, data } of set.ops) {
      if (op === "move") path.moveTo(data[0]!, data[1]!);
      else if (op === "lineTo") path.lineTo(data[0]!, data[1]!);
      else path.bezierCurveTo(data[0]!, data[1]!, data[2]!, data[3]!, data[4]!, data[5]!);
    }
    const filled = set.type === "fillPath";
    const hatched = set.type === "fillSketch";
    return {
      path,
      how: filled ? "fill" : "stroke",
      rule: shape === "curve" || shape === "polygon" || shape === "path" ? "evenodd" : "nonzero",
      colour: filled || hatched ? fill : "line",
      width: hatched
        ? options.fillWeight < 0
          ? options.strokeWidth / 2
          : options.fillWeight
        : options.strokeWidth,
      dash: hatched ? [] : (options.strokeLineDash ?? []),
      opacity: filled && fill === "fill" ? fillOpacity : 1,
    };
  });
}
