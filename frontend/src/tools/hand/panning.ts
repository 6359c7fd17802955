import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";

/** The board sticks to the pointer. */
export class Panning implements ToolState {
  readonly busy = true;
  readonly cursor = "grabbing";
  readonly #editor: Editor;
  #at: PointerInput;

  constructor(editor: Editor, at: PointerInput) {
    this.#editor = editor;
    this.#at = at;
  }

  pointerMove(at: PointerInput): void {
    const { camera } = this.#editor.ports.stage;
    camera.panBy(at.screenX - this.#at.screenX, at.screenY - this.#at.screenY);
    this.#at = at;
  }

  pointerUp(): void {
    this.#editor.restart();
  }

  cancel(): void {
    this.#editor.restart();
  }
}
