import type { Editor } from "../../editor/editor";
import type { ToolState } from "../../editor/tool";

/** The tool asks for pictures as soon as it is taken, and gives the hand back: they are placed when they are chosen. */
export class Choosing implements ToolState {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  enter(): void {
    // Within the press that took the tool: a browser opens no dialog later than that.
    this.#editor.ports.platform.choosePictures();
    this.#editor.setTool("select");
  }
}
