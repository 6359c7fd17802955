import { t } from "../../i18n/translate";
import { useBoard } from "./board_model";

/** Shown while the first picture of the board is on its way; appears late, so that fast boards never flash it. */
export function Loading() {
  const board = useBoard();
  if (board.ready.value || board.stopped.value) return null;
  return (
    <div class="loading" role="status">
      <span class="loading-line" aria-hidden="true" />
      {t("board.loading")}
    </div>
  );
}
