import type { Editor } from "../../editor/editor";
import { linePoints } from "../../editor/local_points";
import { newBox, newLinear } from "../../editor/new_element";
import { recognised } from "../../editor/recognition";
import type { Element } from "../../generated/protocol";
import type { Vec } from "../../geometry/place";

/** Screen pixels: what is smaller is a letter or a dot. */
const SMALLEST = 32;
/** A line that leans by less than this share of its length was meant upright or level. */
const LEANS = 0.035;

/** The shape that ink through these points of the world shows, in the pen's colour and width; or null. */
export function shapeFromInk(editor: Editor, points: readonly Vec[]): Element | null {
  const found = recognised(points, SMALLEST / editor.zoom);
  if (found === null) return null;
  if (found.type === "line") {
    const { from } = found;
    const [dx, dy] = upright(found.to.x - from.x, found.to.y - from.y);
    const blank = newLinear("line", editor.birth([from.x, from.y, 1, 1, 0]));
    const course = linePoints([
      { x: 0, y: 0 },
      { x: dx, y: dy },
    ]);
    return { ...blank, points: course, curve: "sharp", fill: "transparent" };
  }
  const { minX, minY, maxX, maxY } = found.box;
  const [width, height] = [maxX - minX, maxY - minY];
  const birth = found.flipped
    ? editor.birth([minX, maxY, width, -height, 0])
    : editor.birth([minX, minY, width, height, 0]);
  // A pen fills nothing.
  return { ...newBox(found.type, birth), fill: "transparent" };
}

function upright(dx: number, dy: number): [number, number] {
  if (Math.abs(dx) < LEANS * Math.abs(dy)) return [0, dy];
  if (Math.abs(dy) < LEANS * Math.abs(dx)) return [dx, 0];
  return [dx, dy];
}
