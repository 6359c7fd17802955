import { bindingAt } from "../../editor/bindable";
import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import { DraggingLine } from "./dragging";
import { LineSketch } from "./sketch";

export class LinearIdle implements ToolState {
  readonly #editor: Editor;
  readonly #type: "line" | "arrow";

  constructor(editor: Editor, type: "line" | "arrow") {
    this.#editor = editor;
    this.#type = type;
  }

  /** Shows which shape an arrow that begins here would hold on to. */
  pointerMove(at: PointerInput): void {
    const binds = this.#type === "arrow" && !at.ctrl;
    const binding = binds ? bindingAt(this.#editor, at, []) : null;
    this.#editor.overlay.setGuides({ targets: binding === null ? [] : [binding.to] });
  }

  pointerDown(at: PointerInput): void {
    const sketch = new LineSketch(this.#editor, this.#type, at);
    this.#editor.enter(new DraggingLine(this.#editor, sketch, at));
  }

  leave(): void {
    this.#editor.overlay.setGuides({});
  }
}
