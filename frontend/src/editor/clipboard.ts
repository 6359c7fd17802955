import { toWire } from "../document/wire_element";
import type { Element } from "../generated/protocol";
import type { Vec } from "../geometry/place";
import { inPaintOrder } from "../spatial/paint_order";
import {
  CLIPBOARD_TYPE,
  clipboardParts,
  fromClipboardText,
  inHtml,
  isExcalidraw,
} from "./clipboard_format";
import { duplicateOf } from "./duplicate";
import type { Editor } from "./editor";
import { framedAnew } from "./frames";
import { elementsOfWords } from "./pasted_words";
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
  /** The plain text that went with it. */
  #keptText = "";
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
    const parts = clipboardParts(inPaintOrder(elements));
    for (const [type, text] of parts) data.setData(type, text);
    this.#kept = parts.get(CLIPBOARD_TYPE) ?? "";
    this.#keptText = parts.get("text/plain") ?? "";
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
    if (plain) return this.#pasteText(text, true);
    const own = data.getData(CLIPBOARD_TYPE) || inHtml(data.getData("text/html"));
    return this.pasteString(own || text);
  }

  /** Pastes what the platform says is on the clipboard, or what was copied here last. */
  async pasteFromPlatform(plain = false): Promise<void> {
    const text = await this.#editor.ports.platform.readClipboard();
    if (text === null && this.#kept === "") {
      this.#editor.ports.platform.tell({ kind: "clipboard-refused" });
    } else if (plain) this.#pasteText(text ?? this.#keptText, true);
    // A menu gets no other type than text: what was copied here is known better.
    else this.pasteString(text === null || text === this.#keptText ? this.#kept : text);
  }

  pasteString(text: string): boolean {
    if (this.#editor.readOnly.value) return false;
    const elements = fromClipboardText(text);
    if (elements !== null) return this.#pasteElements(elements, this.#spot());
    if (!isExcalidraw(text)) return this.#pasteText(text, false);
    void this.#pasteForeign(text, this.#spot());
    return true;
  }

  /** The platform reads it, or says why it cannot; it lands where it was pasted. */
  async #pasteForeign(text: string, spot: Vec): Promise<void> {
    const own = await this.#editor.ports.platform.convert(text);
    const elements = own === null ? null : fromClipboardText(own);
    if (elements !== null) this.#pasteElements(elements, spot);
  }

  #pasteElements(elements: readonly Element[], spot: Vec): boolean {
    if (elements.length === 0) return false;
    const editor = this.#editor;
    const box = boundsOfAll(elements);
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

  #pasteText(text: string, plain: boolean): boolean {
    const editor = this.#editor;
    if (text.trim() === "" || editor.readOnly.value) return false;
    const elements = elementsOfWords(editor, text, this.#spot(), plain);
    editor.edit(elements.map((element) => ["put", toWire(element)]));
    this.#select(elements);
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
