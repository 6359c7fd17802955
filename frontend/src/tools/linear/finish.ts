import { toWire } from "../../document/wire_element";
import type { Editor } from "../../editor/editor";
import { drawnIn } from "../../editor/frames";
import type { Arrow, Line } from "../../generated/protocol";

export function finishLine(editor: Editor, line: Line | Arrow): void {
  editor.edit([["put", toWire(drawnIn(line, editor.attachments.frames()))]]);
  editor.made([line.id]);
}
