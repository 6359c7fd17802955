import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import { Panning } from "./panning";

export class HandIdle implements ToolState {
  readonly cursor = "grab";
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  pointerDown(at: PointerInput): void {
    this.#editor.enter(new Panning(this.#editor, at));
  }
}
