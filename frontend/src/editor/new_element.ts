import type { Random } from "../document/new_id";
import type { BoxShape } from "../elements/sketch/options";
import type {
  Arrow,
  Frame,
  Freedraw,
  Image,
  Line,
  Note,
  Place,
  TextElement,
} from "../generated/protocol";
import { DEFAULTS, PROPERTIES } from "../generated/protocol";
import { FIRST_STYLE, PEN_SHARE, type Style } from "./style";

export interface Birth {
  readonly id: string;
  readonly z: string;
  readonly place: Place;
  /** The frame that it comes to lie in, or empty. */
  readonly frame: string;
  readonly style: Style;
  readonly random: Random;
}

export type BoxType = BoxShape["type"];

const NO_POINTS = new Uint8Array();

export function newBox(type: BoxType, birth: Birth): BoxShape {
  const rounded = PROPERTIES[type].includes("rounded") ? { rounded: birth.style.rounded } : {};
  return { type, ...base(birth), ...sketched(birth), ...rounded } as BoxShape;
}

export function newLinear(type: "line" | "arrow", birth: Birth): Line | Arrow {
  const { style } = birth;
  return {
    type,
    ...base(birth),
    ...sketched(birth),
    points: NO_POINTS,
    curve: style.curve,
    start: null,
    end: null,
    startHead: type === "arrow" ? style.startHead : "none",
    endHead: type === "arrow" ? style.endHead : "none",
  };
}

export function newFreedraw(brush: "pen" | "highlighter", birth: Birth): Freedraw {
  const { style } = birth;
  const marks = brush === "highlighter";
  return {
    type: "freedraw",
    ...base(birth),
    color: marks ? style.marker : style.color,
    strokeWidth: style.strokeWidth * (marks ? 1 : PEN_SHARE),
    fill: "transparent",
    points: NO_POINTS,
    brush,
    fillStyle: "solid",
  };
}

export function newText(birth: Birth): TextElement {
  return {
    type: "text",
    ...base(birth),
    ...lettered(birth),
    align: birth.style.align,
    verticalAlign: "top",
    container: "",
    autoSize: true,
  };
}

export function newNote(birth: Birth): Note {
  return {
    type: "note",
    ...base(birth),
    ...lettered(birth),
    // Ink on paper stays dark, whatever colour is being drawn with.
    color: FIRST_STYLE.color,
    align: "center",
    verticalAlign: "middle",
    fill: birth.style.paper,
  };
}

/** A picture, opaque whatever is being drawn with; `natural` is its size in pixels. */
export function newImage(birth: Birth, file: string, natural: readonly [number, number]): Image {
  return {
    type: "image",
    ...base(birth),
    opacity: 1,
    file,
    natural: [...natural],
    crop: null,
    name: "",
  };
}

/** A frame lies in no other. */
export function newFrame(birth: Birth): Frame {
  return { type: "frame", ...base({ ...birth, frame: "" }), opacity: DEFAULTS.opacity, name: "" };
}

function base({ id, z, place, frame, style }: Birth) {
  const { groups, locked, link } = DEFAULTS;
  return { id, place, z, opacity: style.opacity, groups, frame, locked, link };
}

function sketched({ style, random }: Birth) {
  const { color, strokeWidth, fill, fillStyle, dash, roughness } = style;
  const seed = 1 + Math.floor(random() * (2 ** 31 - 2));
  return { color, strokeWidth, fill, fillStyle, dash, roughness, seed };
}

function lettered({ style }: Birth) {
  const { color, font, fontSize } = style;
  return { text: "", color, font, fontSize, lineHeight: DEFAULTS.lineHeight };
}
