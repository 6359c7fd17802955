import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import { NOTE_SIZE } from "../../editor/text_editing";
import type { ToolState } from "../../editor/tool";

/** A click puts a note under the pointer, with the caret in it. */
export class NoteIdle implements ToolState {
  readonly #editor: Editor;
  #pressed = false;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  pointerDown(): void {
    this.#pressed = true;
  }

  // On release: a field that opened on the press would lose the caret to that very press.
  pointerUp({ x, y }: PointerInput): void {
    if (!this.#pressed) return;
    this.#pressed = false;
    this.#editor.text.startNote(x - NOTE_SIZE / 2, y - NOTE_SIZE / 2);
  }

  cancel(): void {
    this.#pressed = false;
  }
}
