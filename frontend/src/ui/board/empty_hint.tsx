import { keyNames } from "../../a11y/platform_keys";
import type { ToolName } from "../../editor/tool";
import { t } from "../../i18n/translate";
import { useBoard, useEditing } from "./board_model";
import { keyHint, toolKeys } from "./tool_catalog";

const TAUGHT: readonly ToolName[] = ["pen", "rectangle", "arrow", "text", "note"];

/** What to do on an empty board; gone at the first stroke, and never in the way of one. */
export function EmptyHint() {
  const board = useBoard();
  const { editor } = useEditing();
  if (!board.ready.value || !board.isBlank.value || board.readOnly.value) return null;
  return (
    <div class="empty-hint" data-testid="empty-hint">
      <p class="empty-hint-line">{t("hint.empty")}</p>
      <ul class="empty-hint-keys">
        {TAUGHT.map((tool) => (
          <li key={tool}>
            <kbd>{keyNames(keyHint(toolKeys(editor, tool)))}</kbd> {t(`tool.${tool}`)}
          </li>
        ))}
        <li>
          <kbd>?</kbd> {t("hint.allKeys")}
        </li>
      </ul>
      <p>{t("hint.drop")}</p>
    </div>
  );
}
