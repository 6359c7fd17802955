import type { Editor } from "../../editor/editor";
import { takenIn } from "../../editor/frames";
import type { PointerInput } from "../../editor/pointer_input";
import type { Changes } from "../../editor/preview";
import { type Stretch, stretchesFreely, stretchTo } from "../../editor/resize";
import { type Handle, pointIn, type SelectionBox, sharesOf } from "../../editor/selection_box";
import type { Axis } from "../../editor/snapping/aligning";
import type { Guide } from "../../editor/snapping/guide";
import { Snapping } from "../../editor/snapping/snapping";
import { stretched } from "../../editor/stretch";
import { fitting } from "../../editor/text_fitting";
import type { ToolState } from "../../editor/tool";
import type { Element, Frame } from "../../generated/protocol";
import type { Vec } from "../../geometry/place";
import { isDrag } from "../drag";
import { SelectIdle } from "./idle";
import { openAt } from "./open";

const AXES: readonly Axis[] = ["x", "y"];

/**
 * A handle follows the pointer and the selection stretches; Shift keeps the ratio (of pictures: lets it go), Alt the
 * centre.
 */
export class Resizing implements ToolState {
  readonly busy = true;
  readonly cursor: string;
  readonly #editor: Editor;
  readonly #from: PointerInput;
  readonly #handle: Handle;
  readonly #box: SelectionBox;
  readonly #elements: readonly Element[];
  readonly #offset: { readonly x: number; readonly y: number };
  readonly #free: boolean;
  readonly #snapping: Snapping;
  #guides: readonly Guide[] = [];
  #changes: Changes = new Map();
  #moved = false;

  constructor(editor: Editor, from: PointerInput, handle: Handle, box: SelectionBox) {
    this.#editor = editor;
    this.#from = from;
    this.#handle = handle;
    this.#box = box;
    this.cursor = editor.cursor.value;
    const selected = editor.selected();
    // A frame alone is made larger or smaller around what is in it.
    const sole = selected.length === 1 && selected[0]?.type === "frame";
    const ids = editor.selection.value;
    this.#elements = editor.existing(sole ? ids : editor.attachments.withContents(ids));
    const share = sharesOf(handle);
    const grip = pointIn(box, share.x, share.y);
    // The handle is drawn a little outside of the corner; what was grabbed stays under the pointer.
    this.#offset = { x: grip.x - from.x, y: grip.y - from.y };
    this.#snapping = new Snapping(editor, new Set(this.#elements.map(({ id }) => id)));
    this.#free = stretchesFreely(editor.selected(), box.angle);
  }

  pointerMove(at: PointerInput): void {
    this.#moved ||= isDrag(this.#from, at);
    if (!this.#moved) return;
    const stretch = this.#stretchAt(at);
    this.#changes = stretched(this.#elements, stretch, this.#handle, this.#editor.following);
    this.#editor.preview.show(this.#changes);
    this.#editor.overlay.setGuides({ snaps: this.#guides });
  }

  pointerUp(at: PointerInput): void {
    const editor = this.#editor;
    this.pointerMove(at);
    if (this.#moved) {
      editor.change(this.#withTaken());
    }
    editor.enter(new SelectIdle(editor));
    if (this.#moved || at.clicks !== 2) return;
    const unwrapped = this.#unwrapped();
    if (unwrapped !== null) editor.change(unwrapped);
    // A handle lies over what it is for: who clicks twice there means that.
    else if (!at.shift && !at.ctrl) openAt(editor, at);
  }

  cancel(): void {
    this.#editor.enter(new SelectIdle(this.#editor));
  }

  leave(): void {
    this.#editor.preview.clear();
    this.#editor.overlay.setGuides({});
  }

  /** A double click on a side of a text: its lines are as long as they are written again. */
  #unwrapped(): Changes | null {
    const [text, ...others] = this.#elements;
    const isSide = this.#handle === "e" || this.#handle === "w";
    if (text?.type !== "text" || others.length > 0 || !isSide || text.autoSize) return null;
    const { place } = fitting({ ...text, autoSize: true }, this.#editor.following).fit;
    return new Map([[text.id, { place, autoSize: true }]]);
  }

  /** A frame that has grown takes in what lies wholly inside of it now. */
  #withTaken(): Changes {
    const [first, ...others] = this.#elements;
    if (first?.type !== "frame" || others.length > 0) return this.#changes;
    const { ports, following } = this.#editor;
    const frame = { ...first, ...this.#changes.get(first.id) } as Frame;
    return new Map([...this.#changes, ...takenIn(frame, ports.index, following)]);
  }

  #stretchAt(at: PointerInput): Stretch {
    const pulled = { x: at.x + this.#offset.x, y: at.y + this.#offset.y };
    const sole = this.#elements.length === 1 ? this.#elements[0] : undefined;
    const side = this.#handle.length === 1;
    // Pictures are not distorted by mistake: with them Shift lets the ratio go.
    const pictures = this.#elements.every(({ type }) => type === "image");
    const kept = pictures ? !at.shift : at.shift;
    const ratio = kept || !this.#free || (sole?.type === "text" && !side);
    const to = this.#snapped(pulled, at.ctrl, ratio);
    return stretchTo(this.#box, this.#handle, to, { ratio, centre: at.alt });
  }

  /** The pulled edges of an upright box snap; with a ratio to keep, both could not. */
  #snapped(to: Vec, ctrl: boolean, ratio: boolean): Vec {
    this.#guides = [];
    if (ratio || this.#box.angle !== 0) return to;
    const axes = AXES.filter(
      (axis) => /[ew]/.test(this.#handle) === (axis === "x") || this.#handle.length === 2,
    );
    const { dx, dy, guides } = this.#snapping.point(to, ctrl, axes);
    this.#guides = guides;
    return { x: to.x + dx, y: to.y + dy };
  }
}
