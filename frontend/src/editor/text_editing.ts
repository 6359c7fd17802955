import { type ReadonlySignal, signal } from "@preact/signals-core";
import { toWire } from "../document/wire_element";
import { MAX_TEXT } from "../generated/limits";
import type { Element, Note, Op, Props } from "../generated/protocol";
import { centreUnderPlace, placeOn, type Vec } from "../geometry/place";
import { coherent } from "./coherent";
import type { Editor } from "./editor";
import { roomIn } from "./label_layout";
import { isLinear } from "./local_points";
import { newNote, newText } from "./new_element";
import { type Changes, opsOf } from "./preview";
import { type Style, styleProps } from "./style";
import { fitting } from "./text_fitting";
import { isLettered, type Lettered } from "./text_layout";
import { elementAt } from "./under_pointer";

/** World units. */
export const NOTE_SIZE = 200;
const NOTE_GAP = 20;
/** A longer text is shown to others when it is done: each letter would send it all. */
const MOST_SHOWN = 2000;

/** Which way the next note lies, in sizes of a note. */
const NEXT_NOTE: Readonly<Record<string, Vec>> = {
  Tab: { x: 1, y: 0 },
  "Shift+Tab": { x: 0, y: 1 },
};

/** What the text field over the board shows. */
export interface EditedText {
  readonly element: Lettered;
  /** The board does not have it yet. */
  readonly isNew: boolean;
}

interface Session {
  readonly gesture: string;
  readonly before: string;
  typed: string;
  shown: boolean;
}

/** A text as it has to be, and what around it changes with it. */
interface Laid<T extends Lettered> {
  readonly element: T;
  readonly around: ReadonlyMap<string, Props>;
}

/** The text being typed: it is the field's until it is committed, and the board's from then on. */
export class TextEditing {
  readonly #editor: Editor;
  readonly #edited = signal<EditedText | null>(null);
  #session: Session | null = null;
  /** The labels that were begun on this page, and the gestures that did it. */
  readonly #begun = new Map<string, string>();

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  get edited(): ReadonlySignal<EditedText | null> {
    return this.#edited;
  }

  /** Opens the text of an element: its own, the one in a shape or on an arrow, or a frame's name. */
  edit(element: Element): void {
    if (this.#editor.readOnly.value || element.locked) return;
    const text = isLettered(element) ? element : this.#editor.attachments.labelOf(element.id);
    if (element.type === "frame") this.#editor.naming.start(element);
    else if (text !== undefined) this.#open(text, false, this.#editor.newGesture());
    else if (!["image", "freedraw"].includes(element.type)) this.#startInside(element);
  }

  #startInside(element: Element): void {
    const fresh = {
      ...newText(this.#editor.birth([0, 0, roomIn(element), 0, 0])),
      z: this.#editor.order.over(element),
      align: "center",
      verticalAlign: "middle",
      autoSize: isLinear(element),
      container: element.id,
      groups: element.groups,
      frame: element.frame,
    } as const;
    this.#open(this.#laid(fresh).element, true, this.#editor.newGesture());
  }

  /** A new text at a point, or wrapped at `width` world units. */
  startText(x: number, y: number, width?: number): void {
    const { elements } = this.#editor.ports;
    const text = newText(this.#editor.birth([x, y, width ?? 1, 1, 0]));
    const { height } = elements.measureText("", text.font, text.fontSize, text.lineHeight);
    const lead = width === undefined ? height / 2 : 0;
    const place = [x, y - lead, width ?? 1, height, 0] as const;
    this.#open({ ...text, place, autoSize: width === undefined }, true, this.#editor.newGesture());
  }

  /** A new note, on the board at once, with the caret in it. */
  startNote(x: number, y: number): void {
    const gesture = this.#editor.newGesture();
    const note = newNote(this.#editor.birth([x, y, NOTE_SIZE, NOTE_SIZE, 0]));
    this.#editor.edit([["put", toWire(note)]], gesture);
    this.#editor.made([note.id]);
    this.#open(note, false, gesture);
  }

  /** What stands in the field now. */
  typed(text: string): void {
    const session = this.#session;
    if (session === null) return;
    session.typed = text.slice(0, MAX_TEXT);
    session.shown ||= session.typed !== session.before;
    this.#show();
  }

  /** A key pressed in the field; `true` if it meant something. */
  key(chord: string): boolean {
    if (this.#session === null) return false;
    const way = NEXT_NOTE[chord];
    if (chord === "Escape" || chord === "Ctrl+Enter") this.commit();
    else if (way !== undefined && this.#edited.value?.element.type === "note") this.#nextNote(way);
    else return false;
    return true;
  }

  /** Ends typing; what was typed is on the board, and nothing is left of a text without letters. */
  commit(text?: string): void {
    const session = this.#session;
    const edited = this.#edited.value;
    if (session === null || edited === null) return;
    if (text !== undefined) session.typed = text.slice(0, MAX_TEXT);
    this.#close();
    const { element, isNew } = edited;
    const { typed, gesture, before } = session;
    const empty = element.type === "text" && typed.trim() === "";
    if (isNew) {
      if (empty) this.#editor.made([]);
      else this.#add({ ...element, text: typed }, gesture);
    } else if (this.#editor.get(element.id) === undefined) {
      if (typed !== before && typed.trim() !== "") this.#orphaned(element, typed);
    } else if (empty) this.#editor.edit([["delete", element.id]], gesture);
    else if (typed !== before) this.#rewrite(element.id, typed, gesture);
  }

  /** Ends typing as if nothing had been typed. */
  cancel(): void {
    this.#close();
  }

  /** The style was changed while typing. */
  styled(patch: Partial<Style>): void {
    const edited = this.#edited.value;
    if (edited === null) return;
    const { element } = edited;
    const kept = this.#editor.get(element.id);
    const next = kept ?? ({ ...element, ...styleProps(element, patch) } as Element);
    if (!isLettered(next)) return;
    this.#edited.value = { ...edited, element: next };
    this.#show();
  }

  /**
   * Others have put labels: where one of them stands in a shape that was labelled here at the same moment, the two
   * become one. Both pages see this; the one whose label has the higher id does it.
   */
  joinLabels(added: readonly Element[]): void {
    for (const { id } of added) {
      const theirs = this.#editor.get(id);
      if (theirs?.type !== "text" || theirs.container === "") continue;
      for (const own of this.#editor.attachments.within(theirs.container)) {
        const gesture = this.#begun.get(own.id);
        if (gesture === undefined || own.type !== "text" || own.id <= theirs.id) continue;
        this.#begun.delete(own.id);
        this.#editor.edit([["delete", own.id]], gesture);
        this.#rewrite(theirs.id, `${theirs.text}\n${own.text}`, gesture);
      }
    }
  }

  #open(element: Lettered, isNew: boolean, gesture: string): void {
    this.commit();
    this.#session = { gesture, before: element.text, typed: element.text, shown: false };
    this.#edited.value = { element, isNew };
    if (!isNew) this.#editor.ports.stage.setHidden(new Set([element.id]));
    this.#editor.overlay.refresh();
  }

  #close(): void {
    const shown = this.#session?.shown === true;
    this.#session = null;
    if (this.#edited.value === null) return;
    this.#edited.value = null;
    const { stage, live } = this.#editor.ports;
    stage.setHidden(new Set());
    if (shown) {
      stage.setDrafts([]);
      live({ drafts: [] });
    }
    this.#editor.overlay.refresh();
  }

  /** The shape grows around what is typed; others see the letters as they come. */
  #show(): void {
    const session = this.#session;
    const edited = this.#edited.value;
    if (session?.shown !== true || edited === null) return;
    const { stage, live } = this.#editor.ports;
    const kept = this.#editor.get(edited.element.id) ?? edited.element;
    if (!isLettered(kept)) return;
    const { element, around } = this.#laid({ ...kept, text: session.typed });
    const drafts: Element[] = [];
    for (const [id, props] of this.#whole(around)) {
      const before = this.#editor.get(id);
      if (before !== undefined) drafts.push({ ...before, ...props } as Element);
    }
    stage.setHidden(new Set([element.id, ...drafts.map(({ id }) => id)]));
    stage.setDrafts(drafts);
    if (session.typed.length <= MOST_SHOWN) live({ drafts: [...drafts, element].map(toWire) });
  }

  #add(element: Lettered, gesture: string): void {
    const editor = this.#editor;
    if (element.type === "text" && element.container !== "") {
      if (editor.get(element.container) === undefined) {
        this.#orphaned(element, element.text);
        return;
      }
      const theirs = editor.attachments.labelOf(element.container);
      if (theirs !== undefined) {
        // Somebody else has labelled it meanwhile: both are meant, and there is one label.
        this.#rewrite(theirs.id, `${theirs.text}\n${element.text}`, gesture);
        this.#select(theirs);
        return;
      }
    }
    const { element: fresh, around } = this.#laid(element);
    if (fresh.type === "text" && fresh.container !== "") this.#begun.set(fresh.id, gesture);
    editor.edit([["put", toWire(fresh)], ...opsOf(this.#whole(around))], gesture);
    this.#select(fresh);
  }

  #rewrite(id: string, text: string, gesture: string): void {
    const element = this.#editor.get(id);
    if (element?.type !== "text") {
      this.#editor.edit([["set", id, { text }]], gesture);
      return;
    }
    const laid = this.#laid({ ...element, text });
    const { place, autoSize } = laid.element;
    const fit = autoSize === element.autoSize ? { place } : { place, autoSize };
    const ops: Op[] = [["set", id, { text, ...fit }], ...opsOf(this.#whole(laid.around))];
    this.#editor.edit(ops, gesture);
  }

  #laid<T extends Lettered>(element: T): Laid<T> {
    if (element.type !== "text") return { element, around: new Map() };
    const { fit, around } = fitting(element, this.#editor.following);
    return { element: { ...element, ...fit }, around };
  }

  #whole(changes: Changes): Changes {
    return coherent(changes, (id) => this.#editor.get(id));
  }

  /** Somebody deleted the element meanwhile: what was typed is the person's own and must not go with it. */
  #orphaned(element: Lettered, text: string): void {
    const putBack = () => {
      if (this.#editor.readOnly.value) return;
      // A new one: whoever deleted the old one may bring that back.
      const { id, z } = this.#editor.birth(element.place);
      const loose = element.type === "text" ? { container: "" } : {};
      const fresh = this.#laid({ ...element, ...loose, id, z, text }).element;
      this.#editor.edit([["put", toWire(fresh)]], this.#editor.newGesture());
      this.#select(fresh);
    };
    this.#editor.ports.platform.tell({ kind: "text-orphaned", type: element.type, putBack });
  }

  #select(element: Lettered): void {
    const container = element.type === "text" ? element.container : "";
    this.#editor.made([container === "" ? element.id : container]);
  }

  /** The note beside the one being written, or a new one where there is none. */
  #nextNote(way: Vec): void {
    const editor = this.#editor;
    const element = this.#edited.value?.element;
    if (element?.type !== "note") return;
    const last = editor.get(element.id) ?? element;
    this.commit();
    if (last.type !== "note") return;
    const [x, y, width, height, angle] = last.place;
    const step = {
      x: -way.x * (1 + NOTE_GAP / Math.abs(width)),
      y: -way.y * (1 + NOTE_GAP / Math.abs(height)),
    };
    const place = placeOn({ x, y }, step, width, height, angle);
    const there = elementAt(editor, centreUnderPlace(place));
    if (there?.type === "note" && there.id !== last.id) {
      editor.select([there.id]);
      this.edit(there);
      return;
    }
    const gesture = editor.newGesture();
    const note = { ...newNote(editor.birth(place)), ...look(last) };
    editor.edit([["put", toWire(note)]], gesture);
    editor.select([note.id]);
    this.#open(note, false, gesture);
  }
}

/** The next note looks like the last. */
function look({ fill, color, font, fontSize, align, verticalAlign }: Note): Partial<Note> {
  return { fill, color, font, fontSize, align, verticalAlign };
}
