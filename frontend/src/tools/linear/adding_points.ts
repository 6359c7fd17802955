import { showDraft } from "../../editor/draft";
import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import { distance } from "../../editor/selection_box";
import type { ToolState } from "../../editor/tool";
import type { Binding } from "../../generated/protocol";
import { finishLine } from "./finish";
import type { LineSketch } from "./sketch";

/** Screen pixels within which a click means the point that is there already. */
const SAME_POINT = 8;

/** Click, click, click: each is a point. Esc, Enter or a double click ends; so does a click on the first point. */
export class AddingPoints implements ToolState {
  readonly busy = true;
  readonly cursor = "crosshair";
  readonly #editor: Editor;
  readonly #sketch: LineSketch;
  #end: Binding | null = null;
  #done = false;

  constructor(editor: Editor, sketch: LineSketch) {
    this.#editor = editor;
    this.#sketch = sketch;
  }

  pointerMove(at: PointerInput): void {
    const end = this.#sketch.bindingAt(at);
    showDraft(this.#editor, this.#sketch.line([this.#sketch.next(at)], end));
    this.#editor.overlay.setGuides({ targets: end === null ? [] : [end.to] });
  }

  pointerDown(at: PointerInput): void {
    const { fixed, type } = this.#sketch;
    const next = this.#sketch.next(at);
    const near = (index: number) => {
      const point = fixed.at(index);
      return point !== undefined && distance(point, next) * this.#editor.zoom <= SAME_POINT;
    };
    if (near(-1)) {
      // The second press of a double click, or a click on the end: nothing more is to come.
      if (fixed.length > 1) this.#finish();
      return;
    }
    const first = fixed[0];
    if (type === "line" && fixed.length > 2 && near(0) && first !== undefined) {
      fixed.push(first);
      this.#finish();
      return;
    }
    fixed.push(next);
    this.#end = this.#sketch.bindingAt(at);
    // What lies between the ends of an elbow arrow is not for hands to say.
    if (this.#sketch.isRouted) this.#finish();
    else this.pointerMove(at);
  }

  key(chord: string): boolean {
    if (chord !== "Enter" && chord !== "Escape") return false;
    this.#finish();
    return true;
  }

  /** Points that were clicked are not thrown away because another tool was taken up. */
  cancel(): void {
    this.#finish();
  }

  leave(): void {
    showDraft(this.#editor, null);
    this.#editor.overlay.setGuides({});
  }

  #finish(): void {
    if (this.#done) return;
    this.#done = true;
    if (this.#sketch.fixed.length < 2) this.#editor.restart();
    else finishLine(this.#editor, this.#sketch.line([], this.#end));
  }
}
