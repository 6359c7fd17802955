import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import { DrawingFrame } from "./drawing";

export class FrameIdle implements ToolState {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  pointerDown(at: PointerInput): void {
    this.#editor.enter(new DrawingFrame(this.#editor, at));
  }
}
