import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import { toggled } from "../../editor/selection";
import type { ToolState } from "../../editor/tool";
import type { Element } from "../../generated/protocol";
import { isDrag } from "../drag";
import { SelectIdle } from "./idle";
import { openAt } from "./open";
import { Translating } from "./translating";

/** Pressed on an element; a click selects it, a drag moves it. */
export class PointingElement implements ToolState {
  readonly busy = true;
  readonly #editor: Editor;
  readonly #from: PointerInput;
  readonly #unit: ReadonlySet<string>;
  readonly #wasSelected: boolean;

  constructor(editor: Editor, from: PointerInput, element: Element) {
    this.#editor = editor;
    this.#from = from;
    const { groups } = element;
    const entered = editor.entered.value;
    // Ctrl reaches inside: to the element itself, past all groups around it.
    this.#unit = from.ctrl ? new Set([editor.holderOf(element).id]) : editor.unitOf(element);
    if (entered !== null && !groups.includes(entered)) editor.entered.value = null;
    if (from.ctrl && groups[0] !== undefined) editor.entered.value = groups[0];
    const { value } = editor.selection;
    this.#wasSelected = [...this.#unit].every((id) => value.has(id));
  }

  enter(): void {
    if (this.#wasSelected || this.#from.shift) return;
    this.#editor.select(this.#unit);
  }

  pointerMove(at: PointerInput): void {
    const editor = this.#editor;
    if (!isDrag(this.#from, at) || editor.readOnly.value) return;
    if (this.#from.shift && !this.#wasSelected) {
      editor.select(toggled(editor.selection.value, this.#unit));
    }
    editor.enter(new Translating(editor, this.#from));
    editor.state.pointerMove?.(at);
  }

  pointerUp(at: PointerInput): void {
    const editor = this.#editor;
    const { value } = editor.selection;
    editor.enter(new SelectIdle(editor));
    if (at.clicks === 2 && !at.shift && !at.ctrl) openAt(editor, at);
    else if (this.#from.shift) editor.select(toggled(value, this.#unit));
    else if (this.#wasSelected) editor.select(this.#unit);
  }

  cancel(): void {
    this.#editor.enter(new SelectIdle(this.#editor));
  }
}
