import type { Editor } from "../../editor/editor";
import type { Element } from "../../generated/protocol";
import { hasWords, t } from "../../i18n/translate";
import { useEditing } from "./board_model";

/** Says to who cannot see the board what is selected on it. */
export function Announcer() {
  const { editor, selected } = useEditing();
  return (
    <div class="visually-hidden" role="status" data-testid="announcer">
      {describe(editor, selected.value)}
    </div>
  );
}

function describe(editor: Editor, selected: readonly Element[]): string {
  const [only] = selected;
  if (only === undefined) return "";
  if (selected.length > 1) return t("selection.several", { n: selected.length });
  const kind = kindOf(only);
  const words = wordsOf(editor, only);
  const said = words === "" ? kind : t("selection.withWords", { kind, words });
  return only.locked ? t("selection.locked", { what: said }) : said;
}

function kindOf(element: Element): string {
  if (element.type === "freedraw") {
    return t(element.brush === "highlighter" ? "tool.highlighter" : "selection.stroke");
  }
  const key = `tool.${element.type}`;
  return hasWords(key) ? t(key) : element.type;
}

/** Its own text, its label or its name. */
function wordsOf(editor: Editor, element: Element): string {
  if ("name" in element) return element.name;
  const text = element.type === "text" || element.type === "note" ? element.text : null;
  return text ?? editor.attachments.labelOf(element.id)?.text ?? "";
}
