import type { Editor } from "../../editor/editor";
import type { BoxType } from "../../editor/new_element";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import { DrawingBox } from "./drawing";

export class BoxIdle implements ToolState {
  readonly #editor: Editor;
  readonly #type: BoxType;

  constructor(editor: Editor, type: BoxType) {
    this.#editor = editor;
    this.#type = type;
  }

  pointerDown(at: PointerInput): void {
    this.#editor.enter(new DrawingBox(this.#editor, this.#type, at));
  }
}
