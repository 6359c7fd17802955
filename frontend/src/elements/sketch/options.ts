/** How a sketched element asks rough.js to draw it; the numbers of docs/drawing.md. */
import { type Element, type ElementType, PROPERTIES } from "../../generated/protocol";
import { isTransparent } from "../colours";
import type { Options } from "./rough";

/** What has a hand-drawn outline. */
export type Sketched = Extract<Element, { readonly dash: unknown }>;
/** A closed outline in a box of the unit square. */
export type BoxShape = Exclude<Sketched, { readonly points: unknown }>;

export const BOX_TYPES = (Object.keys(PROPERTIES) as ElementType[]).filter(
  (type) => PROPERTIES[type].includes("dash") && !PROPERTIES[type].includes("points"),
) as readonly BoxShape["type"][];

export function isBoxShape(element: Element): element is BoxShape {
  return "dash" in element && !("points" in element);
}

/** What stands for a colour while paths are made: which one is decided when painting. */
const ANY_COLOUR = "#000000";

export function roughOptions(
  element: Sketched,
  width: number,
  height: number,
  filled: boolean,
  continuous: boolean,
): Options {
  const { strokeWidth } = element;
  const solid = element.dash === "solid";
  const options: Options = {
    // 0 would mean: different each time.
    seed: element.seed || 1,
    disableMultiStroke: !solid,
    // A broken line is drawn once, not twice, and gets what it loses in weight.
    strokeWidth: solid ? strokeWidth : strokeWidth + 0.5,
    fillWeight: strokeWidth / 2,
    hachureGap: strokeWidth * 4,
    roughness: fittingRoughness(element, width, height),
    stroke: ANY_COLOUR,
    preserveVertices: continuous || element.roughness < 2,
  };
  const dash = dashOf(element.dash, strokeWidth);
  if (dash.length > 0) options.strokeLineDash = dash;
  if (filled && !isTransparent(element.fill)) {
    options.fill = ANY_COLOUR;
    options.fillStyle = isTooLarge(element, width, height) ? "solid" : element.fillStyle;
  }
  if (element.type === "ellipse") options.curveFitting = 1;
  return options;
}

const LARGEST_PATTERN = 10_000;
/** Bytes of points; a point takes two at least. */
const LONGEST_PATTERN = 2 * 2000;
const INSTEAD = { solid: 1, hachure: 0.3, zigzag: 0.4, "cross-hatch": 0.5 } as const;

/** A pattern of this size would be millions of lines. */
function isTooLarge(element: Sketched, width: number, height: number): boolean {
  if (Math.max(width, height) > LARGEST_PATTERN) return true;
  return "points" in element && element.points.length > LONGEST_PATTERN;
}

/** What is left of the fill's opacity where a tone stands for a pattern. */
export function fillShare(element: Sketched, width: number, height: number): number {
  return isTooLarge(element, width, height) ? INSTEAD[element.fillStyle] : 1;
}

export function dashOf(dash: Sketched["dash"], strokeWidth: number): number[] {
  if (dash === "dashed") return [8, 8 + strokeWidth];
  if (dash === "dotted") return [1.5, 6 + strokeWidth];
  return [];
}

/** Small shapes are drawn with a calmer hand. */
function fittingRoughness(element: Sketched, width: number, height: number): number {
  const { roughness, type } = element;
  const most = Math.max(width, height);
  const least = Math.min(width, height);
  const linear = type === "line" || type === "arrow";
  const rounded = "rounded" in element && element.rounded;
  const curved = type === "line" && element.curve === "round";
  if (
    (least >= 20 && most >= 50) ||
    (least >= 15 && (rounded || curved)) ||
    (linear && most >= 50)
  ) {
    return roughness;
  }
  return Math.min(roughness / (most < 10 ? 3 : 2), 2.5);
}

/** The radius of a rounded corner between sides of which the shorter is `side`. */
export function cornerRadius(side: number): number {
  return Math.min(side * 0.25, 32);
}

/**
 * How far a hand strays from the outline, in world units: it misses corners by up to twice the
 * roughness (a little more in curves), and bows long lines by up to three thousandths of their length.
 */
export function handReach(element: Sketched, width: number, height: number): number {
  const { roughness, strokeWidth, fillStyle, fill } = element;
  const bow = Math.max(1.7, 0.003 * Math.max(width, height));
  // Hatching starts at whole steps, up to one beside the outline; zigzags swing half a step further.
  const steps = isTransparent(fill) || fillStyle === "solid" ? 0 : fillStyle === "zigzag" ? 6 : 4;
  return strokeWidth / 2 + 1 + roughness * (3 + bow) + strokeWidth * steps;
}
