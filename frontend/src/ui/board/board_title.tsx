import { useSignal } from "@preact/signals";
import { MAX_TITLE } from "../../generated/limits";
import { t } from "../../i18n/translate";
import { useBoard } from "./board_model";
import { ConnectionState } from "./connection_state";

/** The board's title, changed in place, and under it whether everything is saved. */
export function BoardTitle() {
  const board = useBoard();
  const draft = useSignal<string | null>(null);
  const readOnly = board.readOnly.value;
  const title = board.title.value;
  const shown = draft.value ?? title;
  return (
    <div class="board-title">
      <span class="board-title-sizer" data-text={shown || t("board.untitled")}>
        <input
          type="text"
          size={1}
          aria-label={t("board.rename")}
          placeholder={t("board.untitled")}
          maxLength={MAX_TITLE}
          readOnly={readOnly}
          value={shown}
          onFocus={(event) => {
            if (!readOnly) event.currentTarget.select();
          }}
          onInput={(event) => {
            draft.value = event.currentTarget.value;
          }}
          onBlur={() => {
            const next = draft.value?.trim();
            if (next !== undefined && next !== title) board.rename(next);
            draft.value = null;
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.isComposing) return;
            if (event.key === "Escape") draft.value = null;
            if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
          }}
        />
      </span>
      <ConnectionState />
    </div>
  );
}
