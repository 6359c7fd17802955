import { toWire } from "../../document/wire_element";
import type { Editor } from "../../editor/editor";
import type { Arrow, Line } from "../../generated/protocol";

export function finishLine(editor: Editor, line: Line | Arrow): void {
  editor.edit([["put", toWire(line)]]);
  editor.made([line.id]);
}
