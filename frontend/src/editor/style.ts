import type {
  Align,
  Curve,
  Dash,
  Element,
  FillStyle,
  Font,
  Head,
  Props,
  TextElement,
  VerticalAlign,
} from "../generated/protocol";
import { PROPERTIES } from "../generated/protocol";
import type { MemoryPort } from "./ports";
import { WORDS } from "./words";

/** How the next elements look; the same names as the properties of elements where they are the same. */
export interface Style {
  readonly color: string;
  readonly fill: string;
  readonly fillStyle: FillStyle;
  readonly strokeWidth: number;
  readonly dash: Dash;
  readonly roughness: number;
  readonly opacity: number;
  readonly rounded: boolean;
  readonly curve: Curve;
  readonly startHead: Head;
  readonly endHead: Head;
  readonly font: Font;
  readonly fontSize: number;
  readonly align: Align;
  /** Of notes and labels; other texts are as high as their letters. */
  readonly verticalAlign: VerticalAlign;
  /** The paper of sticky notes. */
  readonly paper: string;
  /** The ink of the highlighter. */
  readonly marker: string;
}

export const STROKE_WIDTHS = { S: 2, M: 4, L: 6, XL: 10 } as const;
/** A pen of strength S draws as thin as the outline of a shape: ink is wider than a stroke (docs/drawing.md). */
export const PEN_SHARE = 0.5;
export const FONT_SIZES = { S: 16, M: 20, L: 28, XL: 40 } as const;

export const FIRST_STYLE: Style = {
  color: "#1e1e1e",
  fill: "transparent",
  fillStyle: "solid",
  strokeWidth: STROKE_WIDTHS.S,
  dash: "solid",
  roughness: 1,
  opacity: 1,
  rounded: false,
  curve: "sharp",
  startHead: "none",
  endHead: "arrow",
  font: "hand",
  fontSize: FONT_SIZES.M,
  align: "left",
  verticalAlign: "middle",
  paper: "#fff3bf",
  marker: "#ffd43b",
};

/**
 * The properties of `element` that a change of style changes.
 *
 * Lines have no heads until asked for, and an arrow's text has no fill; what the type does not know is left out.
 */
export function styleProps(element: Element, patch: Partial<Style>): Props {
  const known = PROPERTIES[element.type];
  const props: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(patch)) {
    const property = propertyFor(element, name);
    if (property !== null && known.includes(property)) props[property] = value;
  }
  if (patch.strokeWidth !== undefined && known.includes("strokeWidth")) {
    props.strokeWidth = patch.strokeWidth * shareOf(element);
  }
  return props as Props;
}

/** The style as an element shows it; only what its type knows. */
export function styleOf(element: Element): Partial<Style> {
  const style: Record<string, unknown> = {};
  const values = element as unknown as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(FIRST_STYLE)) {
    const property = propertyFor(element, name);
    if (property !== null && property in values) style[name] = values[property];
  }
  if ("strokeWidth" in element) style.strokeWidth = element.strokeWidth / shareOf(element);
  return style as Partial<Style>;
}

function shareOf(element: Element): number {
  return element.type === "freedraw" && element.brush === "pen" ? PEN_SHARE : 1;
}

/** So many elements say enough about what thousands have in common. */
const MOST_ASKED = 500;

/** What a label says of itself; its colour and opacity are those of what it stands in. */
const LETTERING = ["font", "fontSize", "align", "verticalAlign"] as const;

/** What several elements and their labels have in common: a property that differs among them is left out. */
export function commonStyle(
  elements: Iterable<Element>,
  labels: Iterable<TextElement> = [],
): Partial<Style> {
  const common: Record<string, unknown> = {};
  const mixed = new Set<string>();
  let asked = 0;
  const note = (style: object) => {
    for (const [name, value] of Object.entries(style)) {
      if (!(name in common)) common[name] = value;
      else if (common[name] !== value) mixed.add(name);
    }
  };
  for (const element of elements) {
    if (++asked > MOST_ASKED) break;
    note(styleOf(element));
  }
  for (const label of labels) {
    if (++asked > MOST_ASKED) break;
    note(Object.fromEntries(LETTERING.map((name) => [name, label[name]])));
  }
  for (const name of mixed) delete common[name];
  return common as Partial<Style>;
}

function propertyFor(element: Element, name: string): string | null {
  const highlighter = element.type === "freedraw" && element.brush === "highlighter";
  switch (name) {
    case "paper":
      return element.type === "note" ? "fill" : null;
    case "marker":
      return highlighter ? "color" : null;
    case "fill":
      return element.type === "note" ? null : "fill";
    case "color":
      return highlighter ? null : "color";
    default:
      return name;
  }
}

const KEY = "inkwire.style";

/** The style of the last visit; anything that is not a style as we know it is ignored. */
export function rememberedStyle(memory: MemoryPort): Style {
  const style: Record<string, unknown> = { ...FIRST_STYLE };
  try {
    const kept: unknown = JSON.parse(memory.read(KEY) ?? "{}");
    if (typeof kept === "object" && kept !== null) {
      for (const [name, value] of Object.entries(kept)) {
        if (name in style && isAcceptable(name, value)) style[name] = value;
      }
    }
  } catch {
    // Somebody else wrote there; the first style is a good one.
  }
  return style as unknown as Style;
}

export function rememberStyle(memory: MemoryPort, style: Style): void {
  memory.write(KEY, JSON.stringify(style));
}

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  strokeWidth: [0.1, 40],
  roughness: [0, 4],
  opacity: [0, 1],
  fontSize: [1, 2000],
};

function isAcceptable(name: string, value: unknown): boolean {
  const range = RANGES[name];
  if (range !== undefined)
    return typeof value === "number" && value >= range[0] && value <= range[1];
  const choices = WORDS[name];
  if (choices !== undefined) return typeof value === "string" && choices.includes(value);
  if (name === "rounded") return typeof value === "boolean";
  return typeof value === "string" && /^(transparent|#[0-9a-f]{6}([0-9a-f]{2})?)$/.test(value);
}
