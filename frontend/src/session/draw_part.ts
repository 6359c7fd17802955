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

/** What the server draws at most (docs/api.md), and a little less: it rounds up. */
const THERE: Fineness = { longest: 32_700, largest: 99.5e6 };

/** At what scale the server has to draw what is more than a browser can hold; null if it is not. */
export function scaleThere(parts: Drawable, wanted: Wanted): number | null {
  const { minX, minY, maxX, maxY } = extentOf(elementsOf(parts, wanted));
  return scaleBeyond(maxX - minX, maxY - minY, wanted.scale);
}

export function scaleBeyond(width: number, height: number, finest: number): number | null {
  if (scaleFor(width, height, { finest }) === finest) return null;
  return Math.floor(1e4 * scaleFor(width, height, { ...THERE, finest })) / 1e4;
}

function elementsOf({ editor, replica }: Drawable, { ids }: Wanted): readonly Element[] {
  return ids.length > 0 ? editor.existing(ids) : [...replica.elements()];
}
