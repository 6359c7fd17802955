import type { Editor } from "../../editor/editor";
import { isLinear } from "../../editor/local_points";
import { fitting } from "../../editor/text_fitting";
import type { Lettered } from "../../editor/text_layout";
import { fittedNote } from "../../elements/note/fitted";
import { NOTE_PADDING } from "../../elements/note/note";
import { BASELINE_SHIFT, fontFamily } from "../../elements/text/fonts";
import { applyPlace } from "../../geometry/place";
import { shownColor } from "./shown_color";

/** Room for the caret after the last letter, in world units per unit of font size. */
const CARET_ROOM = 0.25;

/** What letters may reach below their line, per unit of font size. */
const LETTERS_BELOW = 0.3;

/** Lays the field over the element: same corner, turn, size, letters and lines as the board paints. */
export function layOutField(area: HTMLTextAreaElement, element: Lettered, editor: Editor): void {
  const { camera } = editor.ports.stage;
  const { measureText } = editor.ports.elements;
  const { place, autoSize } =
    element.type === "text"
      ? fitting(element, editor.following).fit
      : { place: element.place, autoSize: false };
  const isNote = element.type === "note";
  const padding = isNote ? NOTE_PADDING : 0;
  const boxWidth = Math.abs(place[2]);
  const boxHeight = Math.abs(place[3]);
  // As large as it is painted; what would be cut off is there while one types.
  const fontSize = isNote
    ? fittedNote(element, boxWidth - 2 * padding, boxHeight - 2 * padding).shown.fontSize
    : element.fontSize;
  const { font, lineHeight, align, text } = element;
  const isWrapped = !autoSize;
  const caret = isWrapped ? 0 : fontSize * CARET_ROOM;
  const room = isWrapped ? Math.max(1, boxWidth - 2 * padding) : undefined;
  const letters = measureText(text, font, fontSize, lineHeight, room);
  const free = Math.max(0, boxHeight - 2 * padding - letters.height);
  const share = { top: 0, middle: 0.5, bottom: 1 }[element.verticalAlign];
  const above = padding + free * share;

  // CSS puts the baseline where the font's file says, the board where every renderer does.
  const line = fontSize * lineHeight;
  const baseline = line / 2 + BASELINE_SHIFT[font] * fontSize;
  const top = above + baseline - cssBaseline(fontFamily(font), fontSize, line);

  // Flipped text is painted upright in its box: the field starts in the corner that lies left and up.
  const corner = applyPlace(place, place[2] < 0 ? 1 : 0, place[3] < 0 ? 1 : 0);
  const lead = align === "left" ? 0 : align === "right" ? caret : caret / 2;
  const { style } = area;
  const x = (corner.x - camera.x) * camera.zoom;
  const y = (corner.y - camera.y) * camera.zoom;
  style.transform = `translate(${x}px, ${y}px) rotate(${place[4]}rad) scale(${camera.zoom}) translate(${-lead}px, ${Math.min(0, top)}px)`;
  style.width = `${boxWidth + caret}px`;
  // The longest letters reach below their line; a field cuts off what does.
  const below = isNote ? 0 : fontSize * LETTERS_BELOW;
  style.height = `${Math.max(boxHeight, letters.height + 2 * padding) + below}px`;
  style.font = `${fontSize}px/${lineHeight} ${fontFamily(font)}`;
  style.textAlign = align;
  style.whiteSpace = isWrapped ? "pre-wrap" : "pre";
  style.color = shownColor(element.color);
  style.caretColor = shownColor(element.color);
  style.opacity = String(element.opacity);
  style.padding = `${Math.max(0, top)}px ${padding}px 0`;
  // A line is broken behind its label, also before the board knows of it.
  const holder = element.type === "text" ? editor.get(element.container) : undefined;
  const isOnLine = holder !== undefined && isLinear(holder);
  style.background = isNote
    ? shownColor(element.fill, "paper")
    : isOnLine
      ? shownColor("#ffffff")
      : "none";
}

const MEASURED_AT = 100;
const metrics = new Map<string, { readonly ascent: number; readonly descent: number }>();

/**
 * How far below the top of a line CSS puts the baseline, in px.
 *
 * Browsers lay out whole px of ascent and descent, and round the room above them down.
 */
function cssBaseline(family: string, fontSize: number, line: number): number {
  let known = metrics.get(family);
  if (known === undefined) {
    const context = document.createElement("canvas").getContext("2d");
    if (context === null) return line / 2;
    context.font = `${MEASURED_AT}px ${family}`;
    const { fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText("x");
    known = {
      ascent: fontBoundingBoxAscent / MEASURED_AT,
      descent: fontBoundingBoxDescent / MEASURED_AT,
    };
    // Until the font is there, its stand-in was measured.
    if (document.fonts.check(`16px ${family}`)) metrics.set(family, known);
  }
  const ascent = Math.round(known.ascent * fontSize);
  const descent = Math.round(known.descent * fontSize);
  return ascent + Math.floor((line - ascent - descent) / 2);
}
