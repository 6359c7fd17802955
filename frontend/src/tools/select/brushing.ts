import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import { touching } from "../../editor/under_pointer";
import { boxOf, contains } from "../../geometry/box";
import { SelectIdle } from "./idle";

/** A marquee: whatever it touches is selected, with Shift added to what was. */
export class Brushing implements ToolState {
  readonly busy = true;
  readonly #editor: Editor;
  readonly #from: PointerInput;
  readonly #before: ReadonlySet<string>;

  constructor(editor: Editor, from: PointerInput) {
    this.#editor = editor;
    this.#from = from;
    this.#before = editor.selection.value;
    if (!from.shift) editor.entered.value = null;
  }

  pointerMove(at: PointerInput): void {
    const editor = this.#editor;
    const marquee = boxOf(this.#from.x, this.#from.y, at.x, at.y);
    const ids = new Set(this.#from.shift ? this.#before : []);
    for (const element of touching(editor, marquee)) {
      if (ids.has(element.id)) continue;
      // Who draws a marquee in a frame means what is in it.
      if (element.type === "frame" && !contains(marquee, editor.ports.elements.boundsOf(element))) {
        continue;
      }
      if (element.groups.length === 0 && element.type !== "text") ids.add(element.id);
      else for (const id of editor.unitOf(element)) ids.add(id);
    }
    editor.select(ids);
    editor.overlay.setGuides({ marquee });
  }

  pointerUp(): void {
    this.#editor.enter(new SelectIdle(this.#editor));
  }

  cancel(): void {
    this.#editor.select(this.#before);
    this.#editor.enter(new SelectIdle(this.#editor));
  }

  leave(): void {
    this.#editor.overlay.setGuides({});
  }
}
