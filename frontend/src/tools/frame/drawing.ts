import { toWire } from "../../document/wire_element";
import { showDraft } from "../../editor/draft";
import type { Editor } from "../../editor/editor";
import { takenIn } from "../../editor/frames";
import { newFrame } from "../../editor/new_element";
import type { PointerInput } from "../../editor/pointer_input";
import { opsOf } from "../../editor/preview";
import type { ToolState } from "../../editor/tool";
import type { Frame, Place } from "../../generated/protocol";
import { spanned } from "../box/drawing";
import { isDrag } from "../drag";

/** World units of the frame that a click makes, about the pointer. */
const CLICKED_SIZE = { width: 480, height: 320 } as const;

/** A frame between where the pointer went down and where it is; it takes in what lies wholly inside. */
export class DrawingFrame implements ToolState {
  readonly busy = true;
  readonly cursor = "crosshair";
  readonly #editor: Editor;
  readonly #from: PointerInput;
  #frame: Frame;

  constructor(editor: Editor, at: PointerInput) {
    this.#editor = editor;
    this.#from = at;
    this.#frame = newFrame(editor.birth([at.x, at.y, 0, 0, 0]));
  }

  pointerMove(at: PointerInput): void {
    const editor = this.#editor;
    this.#frame = { ...this.#frame, place: spanned(this.#from, at) };
    showDraft(editor, this.#frame);
    const taken = takenIn(this.#frame, editor.ports.index, editor.following);
    const shown = editor.existing(taken.keys()).filter((each) => editor.holderOf(each) === each);
    editor.overlay.setGuides({ targets: shown.map(({ id }) => id) });
  }

  pointerUp(at: PointerInput): void {
    const editor = this.#editor;
    const place = isDrag(this.#from, at) ? spanned(this.#from, at) : clickedPlace(at);
    const frame = { ...this.#frame, place };
    const taken = takenIn(frame, editor.ports.index, editor.following);
    editor.edit([["put", toWire(frame)], ...opsOf(taken)]);
    editor.made([frame.id]);
  }

  cancel(): void {
    this.#editor.restart();
  }

  leave(): void {
    showDraft(this.#editor, null);
    this.#editor.overlay.setGuides({});
  }
}

function clickedPlace({ x, y }: PointerInput): Place {
  const { width, height } = CLICKED_SIZE;
  return [x - width / 2, y - height / 2, width, height, 0];
}
