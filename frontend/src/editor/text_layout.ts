import { textRoomOf } from "../elements/registry";
import type { Element, Note, Place, TextElement } from "../generated/protocol";
import { applyPlace, centreUnderPlace, placeAbout, placeOn, type Vec } from "../geometry/place";
import { isLinear, worldPointsOf } from "./local_points";
import type { ElementsPort } from "./ports";

export type Lettered = TextElement | Note;

/** World units between a shape's outline and the text in it. */
const PADDING = 5;
const SMALLEST_WIDTH = 20;

export function isLettered(element: Element): element is Lettered {
  return element.type === "text" || element.type === "note";
}

/**
 * The place of a text that has just changed: its box follows the letters.
 *
 * A free text keeps the edge that it is aligned to, a wrapped one its width, a text in a container its middle.
 */
export function fittedPlace(
  text: TextElement,
  container: Element | undefined,
  measure: ElementsPort["measureText"],
): Place {
  const { font, fontSize, lineHeight, place } = text;
  if (container !== undefined) {
    const width = isLinear(container) ? undefined : roomIn(container);
    const box = measure(text.text, font, fontSize, lineHeight, width);
    const angle = isLinear(container) ? 0 : container.place[4];
    return placeAbout(middleOf(container), width ?? box.width, box.height, angle);
  }
  if (!text.autoSize) {
    const width = Math.abs(place[2]);
    const { height } = measure(text.text, font, fontSize, lineHeight, width);
    return placeOn(applyPlace(place, 0, 0), { x: 0, y: 0 }, width, height, place[4]);
  }
  const { width, height } = measure(text.text, font, fontSize, lineHeight);
  const edge = text.align === "left" ? 0 : text.align === "right" ? 1 : 0.5;
  return placeOn(applyPlace(place, edge, 0), { x: edge, y: 0 }, width, height, place[4]);
}

/** The width that text may take in a shape. */
export function roomIn(container: Element): number {
  const width = Math.abs(container.place[2]);
  const { minX, maxX } = textRoomOf(container);
  const share = maxX - minX;
  return Math.max(SMALLEST_WIDTH, width * share - 2 * PADDING);
}

function middleOf(container: Element): Vec {
  if (!isLinear(container)) return centreUnderPlace(container.place, textRoomOf(container));
  const points = worldPointsOf(container);
  const at = (points.length - 1) / 2;
  const a = points[Math.floor(at)] ?? { x: 0, y: 0 };
  const b = points[Math.ceil(at)] ?? a;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
