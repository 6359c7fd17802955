import type { Element, Place, Props, TextElement } from "../generated/protocol";
import { invertPlace } from "../geometry/place";
import { type FollowContext, withFollowers } from "./followers";
import { grownPlace } from "./label_layout";
import { type Stretch, stretchedPlace } from "./resize";
import type { Handle } from "./selection_box";

/** World units. */
const FONT_SIZES = { least: 4, most: 1000 } as const;
const NARROWEST_TEXT = 20;

/** What a stretch of the selection changes, with all that follows from it. */
export function stretched(
  elements: readonly Element[],
  stretch: Stretch,
  handle: Handle,
  context: FollowContext,
): Map<string, Props> {
  const inside = new Set(elements.map(({ id }) => id));
  const changes = new Map<string, Props>();
  const sideways = elements.length === 1 && (handle === "e" || handle === "w");
  for (const element of elements) {
    if (element.type === "text") {
      // Laid out anew in its container, which is among them.
      if (element.container !== "" && inside.has(element.container)) continue;
      changes.set(element.id, stretchedText(element, stretch, sideways, context));
    } else changes.set(element.id, { place: roomyPlace(element, stretch, context) });
  }
  return withFollowers(changes, context);
}

/** Stretched, but never so low that its label would hang over the edge. */
function roomyPlace(element: Element, stretch: Stretch, context: FollowContext): Place {
  const place = stretchedPlace(element, stretch);
  const label = context.attachments.labelOf(element.id);
  if (label === undefined) return place;
  const keep = invertPlace(place, stretch.anchor.x, stretch.anchor.y);
  const { measureText } = context.elements;
  return grownPlace({ ...element, place } as Element, label, measureText, keep) ?? place;
}

/** Letters grow with the box, but a pull at the side only moves where the lines break. */
function stretchedText(
  text: TextElement,
  stretch: Stretch,
  sideways: boolean,
  { elements }: FollowContext,
): Props {
  const place = stretchedPlace(text, stretch);
  if (sideways) {
    const width = Math.max(NARROWEST_TEXT, place[2]);
    const { font, fontSize, lineHeight } = text;
    const { height } = elements.measureText(text.text, font, fontSize, lineHeight, width);
    return { place: [place[0], place[1], width, height, place[4]], autoSize: false };
  }
  const grown = text.fontSize * Math.sqrt(Math.abs(stretch.fx * stretch.fy));
  const fontSize = Math.min(FONT_SIZES.most, Math.max(FONT_SIZES.least, grown));
  return { place, fontSize };
}
