import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import { CuttingInk } from "./cutting";
import { Erasing } from "./erasing";

export class EraserIdle implements ToolState {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  pointerDown(at: PointerInput): void {
    const editor = this.#editor;
    // Alt does for once what is not set.
    const parts = (editor.hand.value.erases === "part") !== at.alt;
    editor.enter(parts ? new CuttingInk(editor, at) : new Erasing(editor, at));
  }
}
