import { Minus, Plus, Redo2, Undo2 } from "lucide";
import { t } from "../../i18n/translate";
import { IconButton } from "../kit/button";
import { keysOf, useBoard } from "./board_model";

/** Undo, redo and the zoom, bottom left. */
export function HistoryZoom() {
  const board = useBoard();
  const { editor } = board;
  const percent = Math.round(board.zoom.value * 100);
  return (
    <div class="bottom-left">
      {!editor.readOnly.value && (
        <fieldset class="panel button-row" aria-label={t("history.label")}>
          <IconButton
            icon={Undo2}
            label={t("command.undo")}
            keys={keysOf(board, "undo")}
            disabled={!editor.canUndo.value}
            data-testid="undo"
            onClick={() => editor.run("undo")}
          />
          <IconButton
            icon={Redo2}
            label={t("command.redo")}
            keys={keysOf(board, "redo")}
            disabled={!editor.canRedo.value}
            data-testid="redo"
            onClick={() => editor.run("redo")}
          />
        </fieldset>
      )}
      <fieldset class="panel button-row" aria-label={t("zoom.label")}>
        <IconButton
          icon={Minus}
          label={t("command.zoom-out")}
          keys={keysOf(board, "zoom-out")}
          onClick={() => editor.run("zoom-out")}
        />
        <button
          type="button"
          class="icon-button zoom-percent"
          data-testid="zoom"
          data-tip={t("command.zoom-reset")}
          data-keys={keysOf(board, "zoom-reset").slice(0, 1).join(" ")}
          onClick={() => editor.run("zoom-reset")}
        >
          {percent}%
        </button>
        <IconButton
          icon={Plus}
          label={t("command.zoom-in")}
          keys={keysOf(board, "zoom-in")}
          onClick={() => editor.run("zoom-in")}
        />
      </fieldset>
    </div>
  );
}
