import type { Hand } from "../../../editor/hand";
import type { ToolName } from "../../../editor/tool";
import { BOX_TYPES } from "../../../elements/sketch/options";
import {
  type Element,
  type ElementType,
  PROPERTIES,
  type TextElement,
} from "../../../generated/protocol";

/** One row of the style panel. */
export type Section =
  | "stroke"
  | "textColor"
  | "marker"
  | "paper"
  | "fill"
  | "fillStyle"
  | "width"
  | "dash"
  | "roughness"
  | "corners"
  | "curve"
  | "heads"
  | "font"
  | "size"
  | "align"
  | "verticalAlign"
  | "opacity"
  | "name"
  | keyof Hand;

type Kind = ElementType | "highlighter";

const MADE_BY: Readonly<Partial<Record<ToolName, Kind>>> = {
  pen: "freedraw",
  highlighter: "highlighter",
  ...Object.fromEntries(BOX_TYPES.map((type) => [type, type])),
  line: "line",
  arrow: "arrow",
  text: "text",
  note: "note",
};

/** How a tool works in one's hand. */
const IN_HAND: Readonly<Partial<Record<ToolName, readonly Section[]>>> = {
  pen: ["steadies", "recognises"],
  highlighter: ["steadies"],
  eraser: ["erases"],
};

const ORDER: readonly Section[] = [
  "stroke",
  "textColor",
  "marker",
  "paper",
  "fill",
  "fillStyle",
  "width",
  "dash",
  "roughness",
  "corners",
  "curve",
  "heads",
  "font",
  "size",
  "align",
  "verticalAlign",
  "opacity",
  "name",
];

const PROPERTY: Readonly<Partial<Record<Section, string>>> = {
  width: "strokeWidth",
  dash: "dash",
  roughness: "roughness",
  corners: "rounded",
  curve: "curve",
  font: "font",
  size: "fontSize",
  align: "align",
  opacity: "opacity",
};

/** The rows that mean something for what is selected and its labels, or else for what the tool makes. */
export function sectionsFor(
  tool: ToolName,
  selected: readonly Element[],
  isFilled: boolean,
  labels: readonly TextElement[] = [],
): readonly Section[] {
  const made = MADE_BY[tool];
  const hand = selected.length === 0 ? (IN_HAND[tool] ?? []) : [];
  const kinds: ReadonlySet<Kind> =
    selected.length > 0 ? new Set(selected.map(kindOf)) : new Set(made ? [made] : []);
  const inside = [...labels, ...selected.filter(isInContainer)];
  const isLabel = inside.length > 0;
  // The label of a line stands on its middle.
  const isPlaced = kinds.has("note") || inside.some(({ autoSize }) => !autoSize);
  const isMeant = (section: Section) => {
    // A new note is centred; a free text is as high as its letters.
    if (section === "align" && selected.length === 0 && made === "note") return false;
    if (section === "name") return selected.length === 1 && kinds.has("image");
    if (section === "verticalAlign") return isPlaced && selected.length > 0;
    if (isLabel && LETTERING.has(section)) return true;
    return [...kinds].some((kind) => means(kind, section, isFilled));
  };
  const rows = ORDER.filter(isMeant);
  // Letters and outlines have the same colour: one row serves both.
  const shown = rows.includes("stroke") ? rows.filter((row) => row !== "textColor") : rows;
  return [...shown, ...hand];
}

const LETTERING: ReadonlySet<Section> = new Set(["font", "size", "align"]);

function isInContainer(element: Element): element is TextElement {
  return element.type === "text" && element.container !== "";
}

function kindOf(element: Element): Kind {
  return element.type === "freedraw" && element.brush === "highlighter"
    ? "highlighter"
    : element.type;
}

function means(kind: Kind, section: Section, isFilled: boolean): boolean {
  const isText = kind === "text" || kind === "note";
  switch (section) {
    case "marker":
      return kind === "highlighter";
    case "paper":
      return kind === "note";
    case "textColor":
      return kind === "text";
    case "stroke":
      return !isText && kind !== "highlighter" && knows(kind, "color");
    case "fill":
      // Lines and ink can be filled too, but hardly anybody means that before they have drawn one.
      return (BOX_TYPES as readonly Kind[]).includes(kind);
    case "fillStyle":
      return isFilled && means(kind, "fill", isFilled);
    case "heads":
      return kind === "arrow";
    case "opacity":
      return kind !== "highlighter";
    default:
      return knows(kind, PROPERTY[section] ?? section);
  }
}

function knows(kind: Kind, property: string): boolean {
  return PROPERTIES[kind === "highlighter" ? "freedraw" : kind].includes(property);
}
