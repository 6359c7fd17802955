import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import type { ToolState } from "../../editor/tool";
import type { Element } from "../../generated/protocol";
import { boxOf, inflate } from "../../geometry/box";
import type { Vec } from "../../geometry/place";
import { ERASER_RADIUS } from "./radius";

/** What the pointer crosses fades, and is gone when the pointer is lifted; Esc brings it back. */
export class Erasing implements ToolState {
  readonly busy = true;
  readonly cursor = "crosshair";
  readonly #editor: Editor;
  readonly #doomed = new Set<string>();
  #last: Vec;

  constructor(editor: Editor, at: PointerInput) {
    this.#editor = editor;
    this.#last = at;
  }

  enter(): void {
    this.#cross(this.#last);
  }

  pointerMove(at: PointerInput): void {
    for (const sample of at.samples) this.#cross(sample);
  }

  pointerUp(at: PointerInput): void {
    this.pointerMove(at);
    const editor = this.#editor;
    const gone = editor.existing(editor.attachments.withContents(this.#doomed));
    editor.edit(gone.map(({ id }) => ["delete", id]));
    editor.restart();
  }

  cancel(): void {
    this.#editor.restart();
  }

  leave(): void {
    if (this.#doomed.size > 0) this.#editor.ports.stage.setFaded(new Set());
  }

  #cross(to: Vec): void {
    const { index, stage } = this.#editor.ports;
    const radius = ERASER_RADIUS / this.#editor.zoom;
    const before = this.#doomed.size;
    const path = inflate(boxOf(this.#last.x, this.#last.y, to.x, to.y), radius);
    for (const element of index.search(path)) {
      // Touching a frame's edge does not mean all that is in it.
      if (element.type === "frame") continue;
      if (element.locked || this.#doomed.has(element.id)) continue;
      if (this.#crosses(element, to, radius)) this.#doomed.add(element.id);
    }
    this.#last = to;
    if (this.#doomed.size > before) {
      stage.setFaded(this.#editor.attachments.withContents(this.#doomed));
    }
  }

  /** Looks at the way in steps of the radius, so that nothing thin is jumped over. */
  #crosses(element: Element, to: Vec, radius: number): boolean {
    const { elements } = this.#editor.ports;
    const { x, y } = this.#last;
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - x, to.y - y) / radius));
    for (let i = 1; i <= steps; i++) {
      const at = { x: x + ((to.x - x) * i) / steps, y: y + ((to.y - y) * i) / steps };
      if (elements.hits(element, at.x, at.y, radius)) return true;
    }
    return false;
  }
}
