/** How far text may hang out of its box. Estimated without measuring, so that it holds for any font. */
import type { Note, TextElement } from "../../generated/protocol";

/** No letter of the four fonts is wider on average, as a share of the font size. */
const WIDE = 0.75;
/** Ideographs and everything after them are taken as square. */
const FIRST_SQUARE = 0x2e80;
/** Letters lean and reach below their line by part of their size. */
const SLANT = 0.4;

/** World units beyond a box of this size, on the side where it is most; `wrap` is the width of lines. */
export function overhang(
  element: TextElement | Note,
  width: number,
  height: number,
  wrap: number | undefined,
): number {
  const { fontSize, text } = element;
  let widest = 0;
  let lines = 0;
  for (const line of text.split("\n")) {
    const estimate = estimatedWidth(line, fontSize);
    if (wrap === undefined) {
      lines++;
      widest = Math.max(widest, estimate);
    } else {
      // Breaking at words leaves lines at least half full.
      lines += Math.max(1, Math.ceil((2 * estimate) / Math.max(wrap, fontSize)));
      widest = Math.max(widest, Math.min(estimate, Math.max(wrap, fontSize)));
    }
  }
  const aside = Math.max(0, widest - width);
  const above = Math.max(0, lines * fontSize * element.lineHeight - height);
  return Math.hypot(aside, above) + fontSize * SLANT;
}

function estimatedWidth(line: string, fontSize: number): number {
  let letters = 0;
  for (let i = 0; i < line.length; i++) letters += line.charCodeAt(i) < FIRST_SQUARE ? WIDE : 1;
  return letters * fontSize;
}
