import type { Editor } from "../../editor/editor";
import { colourAt } from "../../editor/picking";
import type { PointerInput } from "../../editor/pointer_input";
import type { Style } from "../../editor/style";
import type { ToolState } from "../../editor/tool";
import { elementAt } from "../../editor/under_pointer";

/** Screen pixels around an outline that still show its colour. */
const REACH = 4;
/** Screen pixels from the pointer to the middle of what it would pick. */
const ASIDE = 18;

/**
 * The next press takes the colour of what lies there: for lines and letters, with Alt for fills. The tool at hand and
 * what is selected stay as they are, and what is selected takes the colour.
 */
export class PickingColour implements ToolState {
  readonly busy = true;
  readonly cursor = "crosshair";
  readonly #editor: Editor;
  readonly #target: "color" | "fill";

  constructor(editor: Editor, target: "color" | "fill") {
    this.#editor = editor;
    this.#target = target;
  }

  pointerMove(at: PointerInput): void {
    const colour = this.#colourAt(at);
    const swatch =
      colour === null
        ? {}
        : { swatch: { at: { x: at.screenX + ASIDE, y: at.screenY - ASIDE }, colour } };
    this.#editor.overlay.setGuides(swatch);
  }

  pointerUp(at: PointerInput): void {
    const editor = this.#editor;
    const colour = this.#colourAt(at);
    const target = at.alt ? "fill" : this.#target;
    editor.restart();
    if (colour !== null) editor.setStyle(patchFor(editor, target, colour));
  }

  cancel(): void {
    this.#editor.restart();
  }

  leave(): void {
    this.#editor.overlay.setGuides({});
  }

  #colourAt(at: PointerInput): string | null {
    const editor = this.#editor;
    const element = elementAt(editor, at, at.kind) ?? elementAt(editor, at, at.kind, true);
    return element === undefined ? null : colourAt(element, at, REACH / editor.zoom);
  }
}

/** A highlighter has an ink of its own, and a note is its paper. */
function patchFor(editor: Editor, target: "color" | "fill", colour: string): Partial<Style> {
  if (target === "fill") return { fill: colour };
  const selected = editor.selected();
  if (selected.length > 0 && selected.every(({ type }) => type === "note"))
    return { paper: colour };
  return editor.tool.value === "highlighter" ? { marker: colour } : { color: colour };
}
