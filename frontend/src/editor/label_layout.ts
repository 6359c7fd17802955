/** Labels, the text in shapes and on lines: how much room it has, where it stands, what grows for it (docs/drawing.md, section 4). */
import { courseOf } from "../elements/line/course";
import { textRoomOf } from "../elements/registry";
import type { Arrow, Element, Line, Place, TextElement } from "../generated/protocol";
import type { Box } from "../geometry/box";
import { applyPlace, placeAbout, resizePlaceKeeping, type Vec } from "../geometry/place";
import { isLinear } from "./local_points";
import type { ElementsPort } from "./ports";

/** What a change of its words or of its container changes of a text. */
export type Fit = Pick<TextElement, "place" | "autoSize">;

/** World units between a shape's outline and the text in it. */
const PADDING = 5;
const SMALLEST_WIDTH = 20;
/** The widest label of a line, as a share of the line's own width, and in letters where that is little. */
const LINE_SHARE = 0.7;
const LINE_LETTERS = 11;
/** Rounding must not make anything grow. */
const SLACK = 0.01;

/** The width that text may take in a shape, in world units. */
export function roomIn(container: Element): number {
  const width = Math.abs(container.place[2]);
  const { minX, maxX } = textRoomOf(container);
  return Math.max(SMALLEST_WIDTH, width * (maxX - minX) - 2 * PADDING);
}

/** Where a label stands: in the room of its shape, as its alignment says, or over the middle of its line. */
export function fittedLabel(
  label: TextElement,
  container: Element,
  measure: ElementsPort["measureText"],
): Fit {
  const { text, font, fontSize, lineHeight } = label;
  if (isLinear(container)) {
    const most = Math.max(courseOf(container).width * LINE_SHARE, fontSize * LINE_LETTERS);
    const natural = measure(text, font, fontSize, lineHeight);
    const autoSize = natural.width <= most + SLACK;
    const { height } = autoSize ? natural : measure(text, font, fontSize, lineHeight, most);
    const width = autoSize ? natural.width : most;
    return { place: placeAbout(middleOf(container), width, height, 0), autoSize };
  }
  const { place } = container;
  const room = textRoomOf(container);
  const width = roomIn(container);
  const { height } = measure(text, font, fontSize, lineHeight, width);
  const free = Math.max(0, Math.abs(place[3]) * heightOf(room) - 2 * PADDING - height);
  const off = { top: -free / 2, middle: 0, bottom: free / 2 }[label.verticalAlign];
  const u = (room.minX + room.maxX) / 2;
  const v = (room.minY + room.maxY) / 2 + (place[3] === 0 ? 0 : off / place[3]);
  return { place: placeAbout(applyPlace(place, u, v), width, height, place[4]), autoSize: false };
}

/**
 * The place of a shape that is high enough for its label, or null if it is already.
 *
 * `keep` is the point of the shape's unit square that stays where it is.
 */
export function grownPlace(
  container: Element,
  label: TextElement,
  measure: ElementsPort["measureText"],
  keep: Vec = { x: 0.5, y: 0 },
): Place | null {
  if (isLinear(container)) return null;
  const { text, font, fontSize, lineHeight } = label;
  const { height } = measure(text, font, fontSize, lineHeight, roomIn(container));
  const needed = (height + 2 * PADDING) / heightOf(textRoomOf(container));
  const [, , sx, sy] = container.place;
  if (needed <= Math.abs(sy) + SLACK) return null;
  return resizePlaceKeeping(container.place, keep, sx, sy < 0 ? -needed : needed);
}

/** A share of the shape's own. */
function heightOf({ minY, maxY }: Box): number {
  return maxY - minY;
}

/** The point of the world half way along a line. */
function middleOf(line: Line | Arrow): Vec {
  const { flat } = courseOf(line);
  const [x, y, , , angle] = line.place;
  const ahead: number[] = [];
  let length = 0;
  for (let i = 2; i < flat.length; i += 2) {
    length += Math.hypot(flat[i]! - flat[i - 2]!, flat[i + 1]! - flat[i - 1]!);
    ahead.push(length);
  }
  const half = length / 2;
  const at = ahead.findIndex((end) => end >= half);
  if (at < 0 || length === 0) return applyPlace([x, y, 1, 1, angle], flat[0] ?? 0, flat[1] ?? 0);
  const before = at === 0 ? 0 : ahead[at - 1]!;
  const along = (half - before) / Math.max(ahead[at]! - before, 1e-9);
  const i = 2 * at;
  const px = flat[i]! + (flat[i + 2]! - flat[i]!) * along;
  const py = flat[i + 1]! + (flat[i + 3]! - flat[i + 1]!) * along;
  return applyPlace([x, y, 1, 1, angle], px, py);
}
