import type { Element, Note, TextElement } from "../generated/protocol";
import { applyPlace, placeOn } from "../geometry/place";
import { type Fit, fittedLabel } from "./label_layout";
import type { ElementsPort } from "./ports";

export type Lettered = TextElement | Note;

export function isLettered(element: Element): element is Lettered {
  return element.type === "text" || element.type === "note";
}

/**
 * The box of a text that has just changed follows its letters.
 *
 * A free text keeps the edge that it is aligned to, a wrapped one its width; a label stands in its container.
 */
export function fittedText(
  text: TextElement,
  container: Element | undefined,
  measure: ElementsPort["measureText"],
): Fit {
  if (container !== undefined) return fittedLabel(text, container, measure);
  const { font, fontSize, lineHeight, place, autoSize } = text;
  if (!autoSize) {
    const width = Math.abs(place[2]);
    const { height } = measure(text.text, font, fontSize, lineHeight, width);
    const corner = applyPlace(place, place[2] < 0 ? 1 : 0, place[3] < 0 ? 1 : 0);
    return { place: placeOn(corner, { x: 0, y: 0 }, width, height, place[4]), autoSize };
  }
  const { width, height } = measure(text.text, font, fontSize, lineHeight);
  const edge = text.align === "left" ? 0 : text.align === "right" ? 1 : 0.5;
  const at = applyPlace(place, edge, 0);
  return { place: placeOn(at, { x: edge, y: 0 }, width, height, place[4]), autoSize };
}
