import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/translate";
import { useBoard } from "./board_model";

/** Takes files dropped anywhere on the page, and says so while one hangs over it. */
export function DropZone() {
  const board = useBoard();
  const hangs = useSignal(false);
  useEffect(() => {
    const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const over = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      hangs.value = true;
    };
    const leave = (event: DragEvent) => {
      // Entering a child leaves the parent: only leaving the window has nowhere to go.
      if (event.relatedTarget === null) hangs.value = false;
    };
    const drop = (event: DragEvent) => {
      hangs.value = false;
      if (!holdsFile(event)) return;
      event.preventDefault();
      board.bringIn([...(event.dataTransfer?.files ?? [])], event);
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, [board, hangs]);
  return hangs.value ? <div class="drop-target">{t("import.drop")}</div> : null;
}
