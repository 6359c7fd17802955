import type { Font } from "../../generated/protocol";
import type { Canvas2D } from "../surface";
import { fontString, fontsAge, needFont } from "./fonts";
import { type Measure, splitLines, wrapLines } from "./wrap";

export interface TextBox {
  readonly lines: readonly string[];
  /** The widest line and the sum of all line heights, in world units. */
  readonly width: number;
  readonly height: number;
}

/** Widths are measured at this size and scaled: the same text has the same proportions at every size. */
const MEASURED_AT = 64;
const MOST_KEPT = 20_000;

const widths = new Map<string, number>();
let measuredAge = -1;
let context: Canvas2D | null | undefined;

/** The lines of a text and the box they need; wrapped at `maxWidth` if given. */
export function measureText(
  text: string,
  font: Font,
  fontSize: number,
  lineHeight: number,
  maxWidth?: number,
): TextBox {
  needFont(font, text);
  const measure: Measure = (part) => widthOf(part, font, fontSize);
  const lines = maxWidth === undefined ? splitLines(text) : wrapLines(text, maxWidth, measure);
  let width = 0;
  for (const line of lines) width = Math.max(width, measure(line));
  return { lines, width, height: lines.length * fontSize * lineHeight };
}

function widthOf(text: string, font: Font, fontSize: number): number {
  if (measuredAge !== fontsAge() || widths.size > MOST_KEPT) {
    widths.clear();
    measuredAge = fontsAge();
  }
  const key = `${font} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    width = measured(text, font) / MEASURED_AT;
    widths.set(key, width);
  }
  return width * fontSize;
}

function measured(text: string, font: Font): number {
  context ??= measuringContext();
  // Where there is no canvas (tests in Node), letters are taken as half as wide as high.
  if (context === null) return text.length * MEASURED_AT * 0.5;
  context.font = fontString(font, MEASURED_AT);
  return context.measureText(text).width;
}

function measuringContext(): Canvas2D | null {
  if (typeof document !== "undefined") return document.createElement("canvas").getContext("2d");
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(1, 1).getContext("2d");
  return null;
}
