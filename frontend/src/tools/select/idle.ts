import type { Editor } from "../../editor/editor";
import type { PointerInput } from "../../editor/pointer_input";
import { cursorOf } from "../../editor/selection_box";
import type { Grip } from "../../editor/selection_overlay";
import type { ToolState } from "../../editor/tool";
import { elementAt } from "../../editor/under_pointer";
import { DraggingPoint } from "./dragging_point";
import { PointingCanvas } from "./pointing_canvas";
import { PointingElement } from "./pointing_element";
import { removePoint } from "./remove_point";
import { Resizing } from "./resizing";
import { Rotating } from "./rotating";

/** Nothing is under way: the pointer hovers, and a press decides what begins. */
export class SelectIdle implements ToolState {
  cursor = "default";
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  enter(): void {
    this.#editor.overlay.refresh();
  }

  pointerMove(at: PointerInput): void {
    const cursor = this.#cursorAt(at);
    if (cursor === this.cursor) return;
    this.cursor = cursor;
    this.#editor.showCursor();
  }

  pointerDown(at: PointerInput): void {
    const editor = this.#editor;
    const grip = at.shift || at.ctrl ? null : editor.overlay.gripAt(at, at.kind);
    const element = grip === null ? elementAt(editor, at, at.kind) : undefined;
    if (grip !== null) this.#grab(grip, at);
    else if (element !== undefined) editor.enter(new PointingElement(editor, at, element));
    else editor.enter(new PointingCanvas(editor, at));
  }

  #grab(grip: Grip, at: PointerInput): void {
    const editor = this.#editor;
    if (grip.kind === "rotate") editor.enter(new Rotating(editor, at, grip.box));
    else if (grip.kind === "resize") editor.enter(new Resizing(editor, at, grip.handle, grip.box));
    else if (at.clicks === 2 && !grip.insert) removePoint(editor, grip.id, grip.at);
    else editor.enter(new DraggingPoint(editor, at, grip));
  }

  #cursorAt(at: PointerInput): string {
    const editor = this.#editor;
    const grip = editor.overlay.gripAt(at, at.kind);
    if (grip?.kind === "resize") return cursorOf(grip.handle, grip.box.angle);
    if (grip?.kind === "rotate") return "grab";
    if (grip?.kind === "point") return "pointer";
    return elementAt(editor, at, at.kind) === undefined ? "default" : "move";
  }
}
