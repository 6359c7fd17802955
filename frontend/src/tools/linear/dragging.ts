import { showDraft } from "../../editor/draft";
import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import { isDrag } from "../drag";
import { AddingPoints } from "./adding_points";
import { finishLine } from "./finish";
import type { LineSketch } from "./sketch";

/** The first press: a drag makes a line of two points, a click is the first of many. */
export class DraggingLine implements ToolState {
  readonly busy = true;
  readonly cursor = "crosshair";
  readonly #editor: Editor;
  readonly #sketch: LineSketch;
  readonly #from: PointerInput;

  constructor(editor: Editor, sketch: LineSketch, from: PointerInput) {
    this.#editor = editor;
    this.#sketch = sketch;
    this.#from = from;
  }

  pointerMove(at: PointerInput): void {
    if (!isDrag(this.#from, at)) return;
    const end = this.#sketch.bindingAt(at);
    showDraft(this.#editor, this.#sketch.line([this.#sketch.next(at)], end));
    this.#editor.overlay.setGuides({ targets: end === null ? [] : [end.to] });
  }

  pointerUp(at: PointerInput): void {
    const editor = this.#editor;
    const sketch = this.#sketch;
    if (!isDrag(this.#from, at)) editor.enter(new AddingPoints(editor, sketch));
    else finishLine(editor, sketch.line([sketch.next(at)], sketch.bindingAt(at)));
  }

  cancel(): void {
    this.#editor.restart();
  }

  leave(): void {
    showDraft(this.#editor, null);
    this.#editor.overlay.setGuides({});
  }
}
