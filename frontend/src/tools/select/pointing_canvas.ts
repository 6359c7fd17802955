import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import { containsPoint, selectionBoxOf } from "../../editor/selection_box";
import type { ToolState } from "../../editor/tool";
import { isDrag } from "../drag";
import { Brushing } from "./brushing";
import { SelectIdle } from "./idle";
import { openAt } from "./open";
import { Translating } from "./translating";

/** Pressed where nothing is; a click selects nothing, a drag opens a marquee. */
export class PointingCanvas implements ToolState {
  readonly busy = true;
  readonly #editor: Editor;
  readonly #from: PointerInput;

  constructor(editor: Editor, from: PointerInput) {
    this.#editor = editor;
    this.#from = from;
  }

  pointerMove(at: PointerInput): void {
    if (!isDrag(this.#from, at)) return;
    const editor = this.#editor;
    if (this.#holdsSelection() && !editor.readOnly.value) {
      editor.enter(new Translating(editor, this.#from));
    } else editor.enter(new Brushing(editor, this.#from));
    editor.state.pointerMove?.(at);
  }

  pointerUp(at: PointerInput): void {
    const editor = this.#editor;
    editor.enter(new SelectIdle(editor));
    if (at.clicks === 2 && !at.shift && !at.ctrl) openAt(editor, at);
    else if (!this.#from.shift) {
      editor.entered.value = null;
      editor.select([]);
    }
  }

  cancel(): void {
    this.#editor.enter(new SelectIdle(this.#editor));
  }

  /** The empty middle of what is selected moves it, too: there is nothing else to grab in a thin frame. */
  #holdsSelection(): boolean {
    const { shift, ctrl } = this.#from;
    const box = shift || ctrl ? null : selectionBoxOf(this.#editor.selected());
    return box !== null && containsPoint(box, this.#from);
  }
}
