import { Minus, Plus, Redo2, Undo2 } from "lucide";
import { t } from "../../i18n/translate";
import { IconButton } from "../kit/button";
import { keysOf, useBoard, useEditing } from "./board_model";

/** Undo, redo and the zoom, bottom left. */
export function HistoryZoom() {
  const board = useBoard();
  const editing = useEditing();
  const { editor } = editing;
  const percent = Math.round(board.zoom.value * 100);
  return (
    <div class="bottom-left">
      {!board.readOnly.value && (
        <fieldset class="panel button-row" aria-label={t("history.label")}>
          <IconButton
            icon={Undo2}
            label={t("command.undo")}
            keys={keysOf(editing, "undo")}
            disabled={!editor.canUndo.value}
            data-testid="undo"
            onClick={() => editor.run("undo")}
          />
          <IconButton
            icon={Redo2}
            label={t("command.redo")}
            keys={keysOf(editing, "redo")}
            disabled={!editor.canRedo.value}
            data-testid="redo"
            onClick={() => editor.run("redo")}
          />
        </fieldset>
      )}
      <fieldset class="panel button-row" aria-label={t("zoom.label")}>
        <IconButton
          icon={Minus}
          class="zoom-step"
          label={t("command.zoom-out")}
          keys={keysOf(editing, "zoom-out")}
          onClick={() => editor.run("zoom-out")}
        />
        <button
          type="button"
          class="icon-button zoom-percent"
          data-testid="zoom"
          data-tip={t("command.zoom-reset")}
          data-keys={keysOf(editing, "zoom-reset").slice(0, 1).join(" ")}
          onClick={() => editor.run("zoom-reset")}
        >
          {percent}%
        </button>
        <IconButton
          icon={Plus}
          class="zoom-step"
          label={t("command.zoom-in")}
          keys={keysOf(editing, "zoom-in")}
          onClick={() => editor.run("zoom-in")}
        />
      </fieldset>
    </div>
  );
}
