import type { TextElement } from "../../generated/protocol";
import { uprightKind } from "../upright";
import { linesOf, paintLines } from "./lines";

/** Text on the canvas or inside a shape. */
export const text = uprightKind<TextElement>({
  // Letters lean and hang out of their box by part of their size.
  reach: (element) => element.fontSize * 0.4,
  paint(surface, element, left, top, width, height) {
    const lines = linesOf(element, element.autoSize ? undefined : width);
    paintLines(surface, element, lines, left, top, width, height);
  },
});
