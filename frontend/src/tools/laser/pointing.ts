import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";

/** The laser is lit while the pointer is down. */
export class LaserPointing implements ToolState {
  readonly busy = true;
  readonly #editor: Editor;

  constructor(editor: Editor, at: PointerInput) {
    this.#editor = editor;
    editor.laser.begin(at);
  }

  pointerMove(at: PointerInput): void {
    // Without samples only a key has changed.
    if (at.samples.length > 0) this.#editor.laser.add(at.samples);
  }

  pointerUp(at: PointerInput): void {
    this.pointerMove(at);
    this.#editor.restart();
  }

  cancel(): void {
    this.#editor.restart();
  }
}
