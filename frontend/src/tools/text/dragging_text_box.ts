import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import { isLettered } from "../../editor/text_layout";
import type { ToolState } from "../../editor/tool";
import { elementAt } from "../../editor/under_pointer";
import { boxOf } from "../../geometry/box";
import { isDrag } from "../drag";

/** A click places a caret, or goes into the text under it; a drag makes a box in which the text wraps. */
export class DraggingTextBox implements ToolState {
  readonly busy = true;
  readonly cursor = "text";
  readonly #editor: Editor;
  readonly #from: PointerInput;

  constructor(editor: Editor, from: PointerInput) {
    this.#editor = editor;
    this.#from = from;
  }

  pointerMove(at: PointerInput): void {
    const marquee = boxOf(this.#from.x, this.#from.y, at.x, at.y);
    this.#editor.overlay.setGuides(isDrag(this.#from, at) ? { marquee } : {});
  }

  pointerUp(at: PointerInput): void {
    const editor = this.#editor;
    editor.restart();
    if (isDrag(this.#from, at)) {
      const { minX, minY, maxX } = boxOf(this.#from.x, this.#from.y, at.x, at.y);
      editor.text.startText(minX, minY, maxX - minX);
      return;
    }
    const element = elementAt(editor, at, at.kind);
    if (element !== undefined && isLettered(element)) editor.text.edit(element);
    else editor.text.startText(at.x, at.y);
  }

  cancel(): void {
    this.#editor.restart();
  }

  leave(): void {
    this.#editor.overlay.setGuides({});
  }
}
