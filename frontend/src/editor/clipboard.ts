import { toWire } from "../document/wire_element";
import { MAX_TEXT } from "../generated/limits";
import type { Element } from "../generated/protocol";
import { placeAbout, type Vec } from "../geometry/place";
import { CLIPBOARD_TYPE, fromClipboardText, toClipboardText } from "./clipboard_format";
import { duplicateOf } from "./duplicate";
import type { Editor } from "./editor";
import { framedAnew } from "./frames";
import { newText } from "./new_element";
import { boundsOfAll } from "./selection_box";

/** The part of a `DataTransfer` that is used. */
export interface ClipboardData {
  getData(type: string): string;
  setData(type: string, data: string): void;
}

/** Screen pixels between two pastes at the same spot. */
const STEP = 16;

/** Takes elements to the clipboard and brings elements and text from it. */
export class Clipboard {
  readonly #editor: Editor;
  /** What was copied last here, for where the browser does not let a menu read the clipboard. */
  #kept = "";
  #lastSpot: Vec | null = null;
  #again = 0;
  /** The next paste takes letters only. */
  plain = false;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** `true` if there was something to copy. */
  copy(data: ClipboardData): boolean {
    const { attachments, selection } = this.#editor;
    const elements = this.#editor.existing(attachments.withContents(selection.value));
    if (elements.length === 0) return false;
    this.#kept = toClipboardText(elements);
    data.setData(CLIPBOARD_TYPE, this.#kept);
    data.setData("text/plain", this.#kept);
    return true;
  }

  cut(data: ClipboardData): boolean {
    if (this.#editor.readOnly.value || !this.copy(data)) return false;
    this.#editor.run("delete");
    return true;
  }

  /** `true` if there was something that could be pasted. */
  paste(data: ClipboardData): boolean {
    const plain = this.plain;
    this.plain = false;
    const text = data.getData("text/plain");
    if (plain) return this.#pasteText(text);
    return this.pasteString(data.getData(CLIPBOARD_TYPE) || text);
  }

  /** Pastes what the platform says is on the clipboard, or what was copied here last. */
  async pasteFromPlatform(): Promise<void> {
    this.pasteString((await this.#editor.ports.platform.readClipboard()) ?? this.#kept);
  }

  pasteString(text: string): boolean {
    if (this.#editor.readOnly.value) return false;
    const elements = fromClipboardText(text);
    return elements === null ? this.#pasteText(text) : this.#pasteElements(elements);
  }

  #pasteElements(elements: readonly Element[]): boolean {
    if (elements.length === 0) return false;
    const editor = this.#editor;
    const box = boundsOfAll(elements);
    const spot = this.#spot();
    const dx = spot.x - (box.minX + box.maxX) / 2;
    const dy = spot.y - (box.minY + box.maxY) / 2;
    const copies = duplicateOf(elements, dx, dy, {
      newId: () => editor.newId(),
      keys: (count) => editor.order.above(count),
    });
    const own = framedAnew(copies.elements, editor.attachments.frames());
    editor.edit(own.map((element) => ["put", toWire(element)]));
    this.#select(own);
    return true;
  }

  #pasteText(text: string): boolean {
    const whole = text.replace(/\r\n?/g, "\n").trimEnd();
    const letters = whole.slice(0, MAX_TEXT);
    if (letters === "" || this.#editor.readOnly.value) return false;
    const editor = this.#editor;
    const over = whole.length - letters.length;
    if (over > 0) editor.ports.platform.tell({ kind: "text-cut", letters: over });
    const spot = this.#spot();
    const blank = newText(editor.birth([spot.x, spot.y, 0, 0, 0]));
    const { measureText } = editor.ports.elements;
    const { font, fontSize, lineHeight } = blank;
    const box = measureText(letters, font, fontSize, lineHeight);
    const place = placeAbout(spot, box.width, box.height, 0);
    const element = { ...blank, text: letters, place };
    editor.edit([["put", toWire(element)]]);
    this.#select([element]);
    return true;
  }

  #select(elements: readonly Element[]): void {
    const editor = this.#editor;
    editor.setTool("select");
    editor.entered.value = null;
    editor.select(elements.filter(({ id }) => editor.get(id) !== undefined).map(({ id }) => id));
  }

  /** Under the pointer, or in the middle of what is seen; a little off when something was pasted there just now. */
  #spot(): Vec {
    const { pointer, ports } = this.#editor;
    const { camera, size } = ports.stage;
    const middle = {
      x: camera.x + size.width / 2 / camera.zoom,
      y: camera.y + size.height / 2 / camera.zoom,
    };
    const spot = pointer ?? middle;
    const last = this.#lastSpot;
    this.#again = last !== null && last.x === spot.x && last.y === spot.y ? this.#again + 1 : 0;
    this.#lastSpot = spot;
    const step = (this.#again * STEP) / camera.zoom;
    return { x: spot.x + step, y: spot.y + step };
  }
}
