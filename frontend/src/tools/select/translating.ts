import { duplicateOf } from "../../editor/duplicate";
import type { Editor } from "../../editor/editor";
import { withFollowers } from "../../editor/followers";
import { isLinear } from "../../editor/local_points";
import type { PointerInput } from "../../editor/pointer_input";
import type { Changes } from "../../editor/preview";
import { boundsOfAll } from "../../editor/selection_box";
import type { ToolState } from "../../editor/tool";
import type { Element, Place, Props } from "../../generated/protocol";
import { intersects } from "../../geometry/box";
import { translatePlace } from "../../geometry/place";
import { SelectIdle } from "./idle";

/** What is selected follows the pointer; with Shift along one axis, with Alt a duplicate of it. */
export class Translating implements ToolState {
  readonly busy = true;
  cursor = "move";
  readonly #editor: Editor;
  readonly #from: PointerInput;
  readonly #ids: ReadonlySet<string>;
  #at: PointerInput;

  constructor(editor: Editor, from: PointerInput) {
    this.#editor = editor;
    this.#from = from;
    this.#at = from;
    this.#ids = editor.attachments.withContents(editor.unlocked().map(({ id }) => id));
  }

  pointerMove(at: PointerInput): void {
    this.#at = at;
    this.cursor = at.alt ? "copy" : "move";
    this.#editor.showCursor();
    if (at.alt) this.#editor.preview.showCopies(this.#changes());
    else this.#editor.preview.show(this.#changes());
    this.#editor.overlay.refresh();
  }

  pointerUp(at: PointerInput): void {
    this.#at = at;
    const editor = this.#editor;
    if (at.alt) this.#duplicate();
    else editor.change(this.#changes());
    editor.enter(new SelectIdle(editor));
  }

  cancel(): void {
    this.#editor.enter(new SelectIdle(this.#editor));
  }

  leave(): void {
    this.#editor.preview.clear();
    this.#editor.overlay.refresh();
  }

  #shift(): { readonly dx: number; readonly dy: number } {
    const dx = this.#at.x - this.#from.x;
    const dy = this.#at.y - this.#from.y;
    if (!this.#at.shift) return { dx, dy };
    return Math.abs(dx) >= Math.abs(dy) ? { dx, dy: 0 } : { dx: 0, dy };
  }

  #changes(): Changes {
    const editor = this.#editor;
    const at = this.#at;
    const { dx, dy } = this.#shift();
    const changes = new Map<string, Props>();
    for (const element of editor.existing(this.#ids)) {
      const place = translatePlace(element.place, dx, dy);
      // An arrow that is pulled away lets go of what stays behind.
      const loose = isLinear(element) ? this.#loosened(element.start?.to, element.end?.to) : {};
      const left = at.alt || !this.#leavesFrame(element, place) ? {} : { frame: "" };
      changes.set(element.id, { place, ...loose, ...left });
    }
    return at.alt ? changes : withFollowers(changes, editor.following);
  }

  #loosened(start: string | undefined, end: string | undefined): Props {
    return {
      ...(start !== undefined && !this.#ids.has(start) ? { start: null } : {}),
      ...(end !== undefined && !this.#ids.has(end) ? { end: null } : {}),
    };
  }

  /** What lies wholly outside of its frame would not be seen: it is in the frame no more. */
  #leavesFrame(element: Element, place: Place): boolean {
    const frame = this.#ids.has(element.frame) ? undefined : this.#editor.get(element.frame);
    if (frame === undefined) return false;
    const moved = { ...element, place } as Element;
    return !intersects(boundsOfAll([moved]), boundsOfAll([frame]));
  }

  #duplicate(): void {
    const editor = this.#editor;
    const { dx, dy } = this.#shift();
    const copies = duplicateOf(editor.existing(this.#ids), dx, dy, {
      newId: () => editor.newId(),
      keys: (count) => editor.order.above(count),
    });
    editor.edit(copies.ops);
    editor.select(
      editor.existing(editor.selection.value).map(({ id }) => copies.ids.get(id) ?? id),
    );
  }
}
