import type { TextElement } from "../../generated/protocol";
import { uprightKind } from "../upright";
import { linesOf, paintLines } from "./lines";
import { overhang } from "./overhang";

/** Text on the canvas or inside a shape. */
export const text = uprightKind<TextElement>({
  reach(element) {
    const width = Math.abs(element.place[2]);
    const wrap = element.autoSize ? undefined : width;
    return overhang(element, width, Math.abs(element.place[3]), wrap);
  },
  paint(surface, element, left, top, width, height) {
    const lines = linesOf(element, element.autoSize ? undefined : width);
    paintLines(surface, element, lines, left, top, width, height);
  },
});
