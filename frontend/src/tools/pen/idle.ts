import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import type { Brush } from "../../generated/protocol";
import { Drawing } from "./drawing";

export class PenIdle implements ToolState {
  readonly #editor: Editor;
  readonly #brush: Brush;

  constructor(editor: Editor, brush: Brush) {
    this.#editor = editor;
    this.#brush = brush;
  }

  pointerDown(at: PointerInput): void {
    this.#editor.enter(new Drawing(this.#editor, this.#brush, at));
  }
}
