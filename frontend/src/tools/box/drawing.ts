import { toWire } from "../../document/wire_element";
import { showDraft } from "../../editor/draft";
import type { Editor } from "../../editor/editor";
import { drawnIn } from "../../editor/frames";
import { type BoxType, newBox } from "../../editor/new_element";
import type { PointerInput } from "../../editor/pointer_input";
import { type Guide, NO_SNAP } from "../../editor/snapping/guide";
import { Snapping } from "../../editor/snapping/snapping";
import type { ToolState } from "../../editor/tool";
import type { BoxShape } from "../../elements/sketch/options";
import type { Place } from "../../generated/protocol";
import type { Vec } from "../../geometry/place";

/** Screen pixels: a press that moved less was a click. */
const CLICK = 4;
/** World units of the shape that a click makes, about the pointer. */
const CLICKED_SIZE = { width: 160, height: 120 } as const;

/** A shape between where the pointer went down and where it is. */
export class DrawingBox implements ToolState {
  readonly busy = true;
  readonly cursor = "crosshair";
  readonly #editor: Editor;
  readonly #from: PointerInput;
  readonly #snapping: Snapping;
  readonly #corner: Vec;
  #element: BoxShape;

  constructor(editor: Editor, type: BoxType, at: PointerInput) {
    this.#editor = editor;
    this.#from = at;
    this.#snapping = new Snapping(editor);
    const { dx, dy } = this.#snapping.point(at, at.ctrl);
    this.#corner = { x: at.x + dx, y: at.y + dy };
    this.#element = newBox(type, editor.birth([at.x, at.y, 0, 0, 0]));
  }

  pointerMove(at: PointerInput): void {
    const { place, guides } = this.#spannedTo(at);
    this.#element = { ...this.#element, place };
    showDraft(this.#editor, this.#element);
    this.#editor.overlay.setGuides({ snaps: guides });
  }

  pointerUp(at: PointerInput): void {
    const clicked =
      Math.hypot(at.screenX - this.#from.screenX, at.screenY - this.#from.screenY) < CLICK;
    const place = clicked ? clickedPlace(at) : this.#spannedTo(at).place;
    const element = drawnIn({ ...this.#element, place }, this.#editor.attachments.frames());
    this.#editor.edit([["put", toWire(element)]]);
    this.#editor.made([element.id]);
  }

  cancel(): void {
    this.#editor.restart();
  }

  leave(): void {
    showDraft(this.#editor, null);
    this.#editor.overlay.setGuides({});
  }

  /** With Shift, both sides follow the longer one: no line could stop both. */
  #spannedTo(at: PointerInput): { readonly place: Place; readonly guides: readonly Guide[] } {
    const { dx, dy, guides } = at.shift ? NO_SNAP : this.#snapping.point(at, at.ctrl);
    return { place: spanned(this.#corner, { ...at, x: at.x + dx, y: at.y + dy }), guides };
  }
}

/** Shift makes both sides as long as the longer; Alt makes the first point the centre. */
export function spanned(from: Vec, to: PointerInput): Place {
  let dx = to.x - from.x;
  let dy = to.y - from.y;
  if (to.shift) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    dx = side * (dx < 0 ? -1 : 1);
    dy = side * (dy < 0 ? -1 : 1);
  }
  const [x, y] = to.alt ? [from.x - dx, from.y - dy] : [from.x, from.y];
  const [width, height] = to.alt ? [dx * 2, dy * 2] : [dx, dy];
  return [
    Math.min(x, x + width),
    Math.min(y, y + height),
    // A drag along one axis must not make a shape that cannot be seen or grabbed.
    Math.max(1, Math.abs(width)),
    Math.max(1, Math.abs(height)),
    0,
  ];
}

function clickedPlace({ x, y, shift }: PointerInput): Place {
  const { width, height } = CLICKED_SIZE;
  const tall = shift ? width : height;
  return [x - width / 2, y - tall / 2, width, tall, 0];
}
