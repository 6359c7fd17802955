import type { Note } from "../../generated/protocol";
import { fontsAge } from "../text/fonts";
import { measureText, type TextBox } from "../text/measure";

/** Each size that is tried is this share of the one before. */
const STEP = 0.9;
const STEPS = 12;
/** Rounding must not shrink what was measured to fit exactly. */
const SLACK = 0.01;

/** A note as it is shown: with its letters' size, and its lines. */
export interface FittedNote {
  readonly shown: Note;
  readonly box: TextBox;
}

interface Kept {
  readonly fitted: FittedNote;
  readonly width: number;
  readonly height: number;
  readonly age: number;
}

const known = new WeakMap<Note, Kept>();

/** The text of a note in a paper with that much room (docs/drawing.md, section 5); kept until either changes. */
export function fittedNote(element: Note, width: number, height: number): FittedNote {
  const before = known.get(element);
  if (before?.width === width && before.height === height && before.age === fontsAge())
    return before.fitted;
  const fitted = shrunk(element, width, height);
  known.set(element, { fitted, width, height, age: fontsAge() });
  return fitted;
}

function shrunk(element: Note, width: number, height: number): FittedNote {
  const { text, font, lineHeight } = element;
  let fontSize = element.fontSize;
  let box = measureText(text, font, fontSize, lineHeight, width);
  for (let i = 0; i < STEPS && box.height > height + SLACK; i++) {
    fontSize *= STEP;
    box = measureText(text, font, fontSize, lineHeight, width);
  }
  const shown = fontSize === element.fontSize ? element : { ...element, fontSize };
  return { shown, box };
}
