import { MAX_TEXT } from "../generated/limits";
import type { Element } from "../generated/protocol";
import { placeAbout, type Vec } from "../geometry/place";
import type { Editor } from "./editor";
import { soleLink } from "./links";
import { newNote, newText } from "./new_element";
import { NOTE_SIZE } from "./text_editing";

/** A longer line of pasted text is wrapped, in widths of its letters' size. */
const WIDEST = 32;
/** World units between notes; more lines than these go into the last of them. */
const GAP = 20;
const MOST_NOTES = 100;

/**
 * The elements that a pasted text becomes, about a point.
 *
 * A text; with the note tool at hand a note for each line, in a square; a link alone a text that leads there.
 * `plain`: letters only.
 */
export function elementsOfWords(
  editor: Editor,
  pasted: string,
  spot: Vec,
  plain: boolean,
): readonly Element[] {
  const whole = pasted.replace(/\r\n?/g, "\n").trimEnd();
  if (whole.trim() === "") return [];
  if (editor.tool.value === "note" && !plain) return notesOf(editor, whole, spot);
  const link = plain ? null : soleLink(whole);
  return [textOf(editor, bounded(editor, whole), spot, link ?? "")];
}

function textOf(editor: Editor, text: string, spot: Vec, link: string): Element {
  const blank = newText(editor.birth([spot.x, spot.y, 0, 0, 0]));
  const { measureText } = editor.ports.elements;
  const { font, fontSize, lineHeight } = blank;
  const free = measureText(text, font, fontSize, lineHeight);
  const widest = WIDEST * fontSize;
  const autoSize = free.width <= widest;
  const width = autoSize ? free.width : widest;
  const { height } = autoSize ? free : measureText(text, font, fontSize, lineHeight, width);
  const place = placeAbout(spot, width, height, 0);
  return { ...blank, text, autoSize, place, link: editor.ports.platform.withoutOwnKey(link) };
}

function notesOf(editor: Editor, whole: string, spot: Vec): readonly Element[] {
  const lines = whole.split("\n").filter((line) => line.trim() !== "");
  const words = lines.slice(0, MOST_NOTES - 1);
  if (lines.length > words.length) words.push(lines.slice(words.length).join("\n"));
  const across = Math.ceil(Math.sqrt(words.length));
  const down = Math.ceil(words.length / across);
  const step = NOTE_SIZE + GAP;
  const keys = editor.order.above(words.length);
  return words.map((text, i) => {
    const middle = {
      x: spot.x + ((i % across) - (across - 1) / 2) * step,
      y: spot.y + (Math.floor(i / across) - (down - 1) / 2) * step,
    };
    const note = newNote(editor.birth(placeAbout(middle, NOTE_SIZE, NOTE_SIZE, 0)));
    return { ...note, z: keys[i] ?? note.z, text: bounded(editor, text) };
  });
}

function bounded(editor: Editor, text: string): string {
  const over = text.length - MAX_TEXT;
  if (over > 0) editor.ports.platform.tell({ kind: "text-cut", letters: over });
  return text.slice(0, MAX_TEXT);
}
