import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import { DraggingTextBox } from "./dragging_text_box";

export class TextIdle implements ToolState {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  pointerDown(at: PointerInput): void {
    this.#editor.enter(new DraggingTextBox(this.#editor, at));
  }
}
