import type { Element, Props, TextElement } from "../generated/protocol";
import { type FollowContext, withFollowers } from "./followers";
import { type Fit, grownPlace } from "./label_layout";
import type { Changes } from "./preview";
import { fittedText } from "./text_layout";

/** What letters of another number, size or kind change: the text's own box, and what makes room for it. */
export interface Fitting {
  readonly fit: Fit;
  /** The shape that grows, with what hangs on it. */
  readonly around: Map<string, Props>;
}

/** How a text and what is around it have to be for its letters to fit. */
export function fitting(text: TextElement, context: FollowContext): Fitting {
  const { measureText } = context.elements;
  const container = text.container === "" ? undefined : context.get(text.container);
  if (container === undefined) {
    return { fit: fittedText(text, undefined, measureText), around: new Map() };
  }
  const place = grownPlace(container, text, measureText);
  if (place === null) return { fit: fittedText(text, container, measureText), around: new Map() };
  const grown = { ...container, place } as Element;
  const around = withFollowers(new Map([[container.id, { place }]]), context);
  around.delete(text.id);
  return { fit: fittedText(text, grown, measureText), around };
}

/** Changes of style together with the boxes that follow from them. */
export function restyled(
  elements: readonly Element[],
  propsOf: (element: Element) => Props,
  context: FollowContext,
): Changes {
  const changes = new Map<string, Props>();
  const around = new Map<string, Props>();
  for (const element of elements) {
    const props = propsOf(element);
    if (Object.keys(props).length === 0) continue;
    const after = { ...element, ...props } as Element;
    if (after.type !== "text" || !REFITS.some((name) => name in props)) {
      changes.set(element.id, props);
      continue;
    }
    const fitted = fitting(after, context);
    const { place, autoSize } = fitted.fit;
    const fit = autoSize === after.autoSize ? { place } : { place, autoSize };
    changes.set(element.id, { ...props, ...fit });
    for (const [id, follows] of fitted.around) around.set(id, follows);
  }
  for (const [id, follows] of around) changes.set(id, { ...follows, ...changes.get(id) });
  return changes;
}

/** What makes letters take another room, or another place in it. */
const REFITS = ["font", "fontSize", "lineHeight", "verticalAlign"];
