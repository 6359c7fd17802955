import type { Element } from "../generated/protocol";
import { backgroundColour, PLAIN } from "../render/background";
import { extentOf, type Fineness, pictureOf, scaleFor, TRANSPARENT } from "../render/picture_of";
import type { Wanted } from "../ui/board/board_model";
import type { Drawable } from "./board_parts";

/** A picture that this page draws, of what it shows: also without a connection. */
export function drawnHere(parts: Drawable, wanted: Wanted, longest?: number): Promise<Blob> {
  const { replica, pictures } = parts;
  const { theme, background, scale } = wanted;
  const elements = elementsOf(parts, wanted);
  const paper = { theme, background: background ? backgroundColour(PLAIN, theme) : TRANSPARENT };
  const fineness: Fineness = { finest: scale, ...(longest !== undefined && { longest }) };
  return pictureOf(replica, elements, paper, pictures, fineness);
}

/** Whether a picture of this size is more than a browser can hold: the server can draw larger ones. */
export function isTooLargeHere(parts: Drawable, wanted: Wanted): boolean {
  const { minX, minY, maxX, maxY } = extentOf(elementsOf(parts, wanted));
  return scaleFor(maxX - minX, maxY - minY, { finest: wanted.scale }) < wanted.scale;
}

function elementsOf({ editor, replica }: Drawable, { ids }: Wanted): readonly Element[] {
  return ids.length > 0 ? editor.existing(ids) : [...replica.elements()];
}
