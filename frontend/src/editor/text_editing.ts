import { type ReadonlySignal, signal } from "@preact/signals-core";
import { toWire } from "../document/wire_element";
import { MAX_TEXT } from "../generated/limits";
import type { Element, Note, Op, Props } from "../generated/protocol";
import { placeOn } from "../geometry/place";
import type { Editor } from "./editor";
import { newNote, newText } from "./new_element";
import type { Changes } from "./preview";
import { styleProps } from "./style";
import { fittedPlace, isLettered, type Lettered, roomIn } from "./text_layout";

/** World units. */
export const NOTE_SIZE = 200;
const NOTE_GAP = 20;

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
}

/** The text being typed: it is the field's until it is committed, and the board's from then on. */
export class TextEditing {
  readonly #editor: Editor;
  readonly #edited = signal<EditedText | null>(null);
  #session: Session | null = null;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  get edited(): ReadonlySignal<EditedText | null> {
    return this.#edited;
  }

  /** Opens the text of an element: its own, or the one in a shape or on an arrow. */
  edit(element: Element): void {
    if (this.#editor.readOnly.value || element.locked) return;
    const text = isLettered(element) ? element : this.#textIn(element);
    if (text !== null) this.#open(text, false, this.#editor.newGesture());
    else if (!["frame", "image", "freedraw"].includes(element.type)) this.#startInside(element);
  }

  #textIn({ id }: Element): Lettered | null {
    for (const inner of this.#editor.attachments.within(id)) {
      if (inner.type === "text" && inner.container === id) return inner;
    }
    return null;
  }

  #startInside(element: Element): void {
    const { elements } = this.#editor.ports;
    const fresh = {
      ...newText(this.#editor.birth([0, 0, roomIn(element), 0, 0])),
      align: "center",
      verticalAlign: "middle",
      autoSize: element.type === "arrow" || element.type === "line",
      container: element.id,
      groups: element.groups,
      frame: element.frame,
    } as const;
    const place = fittedPlace(fresh, element, elements.measureText);
    this.#open({ ...fresh, place }, true, this.#editor.newGesture());
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
    if (this.#session !== null) this.#session.typed = text.slice(0, MAX_TEXT);
  }

  /** A key pressed in the field; `true` if it meant something. */
  key(chord: string): boolean {
    if (this.#session === null) return false;
    if (chord === "Escape" || chord === "Ctrl+Enter") this.commit();
    else if (chord === "Tab" && this.#edited.value?.element.type === "note") this.#nextNote();
    else return false;
    return true;
  }

  /** Ends typing; what was typed is on the board, and nothing is left of a text without letters. */
  commit(text?: string): void {
    const session = this.#session;
    const edited = this.#edited.value;
    if (session === null || edited === null) return;
    if (text !== undefined) this.typed(text);
    this.#close();
    const { element, isNew } = edited;
    const { typed, gesture, before } = session;
    const empty = element.type === "text" && typed.trim() === "";
    if (isNew) {
      if (empty) {
        this.#editor.made([]);
        return;
      }
      const fresh = this.#fitted({ ...element, text: typed });
      this.#editor.edit([["put", toWire(fresh)]], gesture);
      this.#select(fresh);
    } else if (this.#editor.get(element.id) === undefined) {
      if (typed !== before && typed.trim() !== "") this.#orphaned(element, typed);
    } else if (empty) this.#editor.edit([["delete", element.id]], gesture);
    else if (typed !== before) this.#editor.edit([this.#change(element.id, typed)], gesture);
  }

  /** Ends typing as if nothing had been typed. */
  cancel(): void {
    this.#close();
  }

  /** The style was changed while typing. */
  styled(): void {
    const edited = this.#edited.value;
    if (edited === null) return;
    const kept = this.#editor.get(edited.element.id);
    const element = kept ?? {
      ...edited.element,
      ...styleProps(edited.element, this.#editor.style.value),
    };
    if (isLettered(element as Element)) {
      this.#edited.value = { ...edited, element: element as Lettered };
    }
  }

  /** The changes of style together with the boxes of texts whose letters change size by them. */
  restyled(elements: readonly Element[], propsOf: (element: Element) => Props): Changes {
    const changes = new Map<string, Props>();
    for (const element of elements) {
      const props = propsOf(element);
      if (Object.keys(props).length === 0) continue;
      const after = { ...element, ...props } as Element;
      const resized = "fontSize" in props || "font" in props || "lineHeight" in props;
      const place = after.type === "text" && resized ? this.#fitted(after).place : undefined;
      changes.set(element.id, place === undefined ? props : { ...props, place });
    }
    return changes;
  }

  #open(element: Lettered, isNew: boolean, gesture: string): void {
    this.commit();
    this.#session = { gesture, before: element.text, typed: element.text };
    this.#edited.value = { element, isNew };
    if (!isNew) this.#editor.ports.stage.setHidden(new Set([element.id]));
    this.#editor.overlay.refresh();
  }

  #close(): void {
    this.#session = null;
    if (this.#edited.value === null) return;
    this.#edited.value = null;
    this.#editor.ports.stage.setHidden(new Set());
    this.#editor.overlay.refresh();
  }

  #change(id: string, text: string): Op {
    const element = this.#editor.get(id);
    if (element?.type !== "text") return ["set", id, { text }];
    return ["set", id, { text, place: this.#fitted({ ...element, text }).place }];
  }

  #fitted<T extends Lettered>(element: T): T {
    if (element.type !== "text") return element;
    const { measureText } = this.#editor.ports.elements;
    const container = element.container === "" ? undefined : this.#editor.get(element.container);
    return { ...element, place: fittedPlace(element, container, measureText) };
  }

  /** Somebody deleted the element meanwhile: what was typed is the person's own and must not go with it. */
  #orphaned(element: Lettered, text: string): void {
    const putBack = () => {
      if (this.#editor.readOnly.value) return;
      // A new one: whoever deleted the old one may bring that back.
      const { id, z } = this.#editor.birth(element.place);
      const loose = element.type === "text" ? { container: "" } : {};
      const fresh = this.#fitted({ ...element, ...loose, id, z, text });
      this.#editor.edit([["put", toWire(fresh)]], this.#editor.newGesture());
      this.#select(fresh);
    };
    this.#editor.ports.platform.tell({ kind: "text-orphaned", type: element.type, putBack });
  }

  #select(element: Lettered): void {
    const container = element.type === "text" ? element.container : "";
    this.#editor.made([container === "" ? element.id : container]);
  }

  #nextNote(): void {
    const element = this.#edited.value?.element;
    if (element?.type !== "note") return;
    const [x, y, width, height, angle] = this.#editor.get(element.id)?.place ?? element.place;
    this.commit();
    const right = placeOn({ x, y }, { x: -1 - NOTE_GAP / width, y: 0 }, width, height, angle);
    const gesture = this.#editor.newGesture();
    const note = { ...newNote(this.#editor.birth(right)), ...look(element) };
    this.#editor.edit([["put", toWire(note)]], gesture);
    this.#editor.select([note.id]);
    this.#open(note, false, gesture);
  }
}

/** The next note looks like the last. */
function look({ fill, color, font, fontSize, align, verticalAlign }: Note): Partial<Note> {
  return { fill, color, font, fontSize, align, verticalAlign };
}
