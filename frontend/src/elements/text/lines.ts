/** Painting the lines of texts and notes. */
import type { Note, TextElement } from "../../generated/protocol";
import type { Surface } from "../surface";
import { BASELINE_SHIFT, fontString, fontsAge } from "./fonts";
import { measureText, type TextBox } from "./measure";

type Lettered = TextElement | Note;

/** Below this height in device pixels letters cannot be read and are painted as bars. */
const READABLE = 3.5;

interface Kept {
  readonly box: TextBox;
  readonly width: number | undefined;
  readonly age: number;
}

const laidOut = new WeakMap<Lettered, Kept>();

/** The lines of an element, wrapped at `width` if given; kept until it changes or a font arrives. */
export function linesOf(element: Lettered, width: number | undefined): TextBox {
  const known = laidOut.get(element);
  if (known !== undefined && known.width === width && known.age === fontsAge()) return known.box;
  const { text, font, fontSize, lineHeight } = element;
  const box = measureText(text, font, fontSize, lineHeight, width);
  laidOut.set(element, { box, width, age: fontsAge() });
  return box;
}

/**
 * Paints lines into a box of the entered surface: `left`, `top` its corner, `width` and `height` its
 * size, all in world units.
 */
export function paintLines(
  surface: Surface,
  element: Lettered,
  { lines }: TextBox,
  left: number,
  top: number,
  width: number,
  height: number,
): void {
  const { ctx } = surface;
  const { align, verticalAlign, font, fontSize } = element;
  const lineHeight = fontSize * element.lineHeight;
  const free = height - lines.length * lineHeight;
  const start = top + (verticalAlign === "top" ? 0 : verticalAlign === "middle" ? free / 2 : free);
  const x = left + (align === "left" ? 0 : align === "center" ? width / 2 : width);
  ctx.fillStyle = surface.colour(element.color);
  if (fontSize * surface.scale < READABLE) {
    paintBars(surface, element, lines, x, start, lineHeight);
    return;
  }
  ctx.font = fontString(font, fontSize);
  ctx.textAlign = align;
  ctx.textBaseline = "alphabetic";
  for (let i = 0; i < lines.length; i++) {
    const baseline = start + (i + 0.5) * lineHeight + BASELINE_SHIFT[font] * fontSize;
    ctx.fillText(align === "left" ? lines[i]! : lines[i]!.trimEnd(), x, baseline);
  }
}

/** A bar as long as each line, in the tone that letters of this weight have from afar. */
function paintBars(
  surface: Surface,
  element: Lettered,
  lines: readonly string[],
  x: number,
  start: number,
  lineHeight: number,
): void {
  const { ctx } = surface;
  const { align, fontSize } = element;
  const alpha = ctx.globalAlpha;
  ctx.globalAlpha = alpha * 0.4;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.trim();
    if (line === "") continue;
    const long = line.length * fontSize * 0.5;
    const from = x - (align === "left" ? 0 : align === "center" ? long / 2 : long);
    ctx.fillRect(from, start + (i + 0.5) * lineHeight - fontSize * 0.3, long, fontSize * 0.6);
  }
  ctx.globalAlpha = alpha;
}
