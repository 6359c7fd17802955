import type { Editor } from "../../editor/editor";
import { withFollowers } from "../../editor/followers";
import type { PointerInput } from "../../editor/pointer_input";
import type { Changes } from "../../editor/preview";
import { centreOf, type SelectionBox } from "../../editor/selection_box";
import type { ToolState } from "../../editor/tool";
import type { Element, Props } from "../../generated/protocol";
import { rotatePlaceAbout, type Vec, wrapAngle } from "../../geometry/place";
import { SelectIdle } from "./idle";

const STEP = Math.PI / 12;

/** The selection turns about its centre; with Shift in steps of 15 degrees. */
export class Rotating implements ToolState {
  readonly busy = true;
  readonly cursor = "grabbing";
  readonly #editor: Editor;
  readonly #centre: Vec;
  readonly #start: number;
  readonly #boxAngle: number;
  readonly #elements: readonly Element[];
  #changes: Changes = new Map();

  constructor(editor: Editor, from: PointerInput, box: SelectionBox) {
    this.#editor = editor;
    this.#centre = centreOf(box);
    this.#start = this.#angleTo(from);
    this.#boxAngle = box.angle;
    this.#elements = editor.existing(editor.attachments.withContents(editor.selection.value));
  }

  pointerMove(at: PointerInput): void {
    let by = this.#angleTo(at) - this.#start;
    if (at.shift) by = Math.round((this.#boxAngle + by) / STEP) * STEP - this.#boxAngle;
    by = wrapAngle(by);
    const changes = new Map<string, Props>();
    for (const { id, place } of this.#elements) {
      changes.set(id, { place: rotatePlaceAbout(place, this.#centre, by) });
    }
    this.#changes = withFollowers(changes, this.#editor.following);
    this.#editor.preview.show(this.#changes);
    this.#editor.overlay.refresh();
  }

  pointerUp(at: PointerInput): void {
    this.pointerMove(at);
    this.#editor.change(this.#changes);
    this.#editor.enter(new SelectIdle(this.#editor));
  }

  cancel(): void {
    this.#editor.enter(new SelectIdle(this.#editor));
  }

  leave(): void {
    this.#editor.preview.clear();
    this.#editor.overlay.refresh();
  }

  #angleTo({ x, y }: Vec): number {
    return Math.atan2(y - this.#centre.y, x - this.#centre.x);
  }
}
