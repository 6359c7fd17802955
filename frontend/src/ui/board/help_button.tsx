import { CircleQuestionMark } from "lucide";
import { t } from "../../i18n/translate";
import { IconButton } from "../kit/button";
import { lazy } from "../kit/lazy";
import { useBoard } from "./board_model";

const HelpDialog = lazy(async () => (await import("./help_dialog")).HelpDialog);

/** Help, bottom right. */
export function HelpButton() {
  const board = useBoard();
  return (
    <div class="bottom-right panel">
      <IconButton
        icon={CircleQuestionMark}
        label={t("help.button")}
        keys={["?"]}
        aria-haspopup="dialog"
        data-testid="help"
        onClick={() => {
          board.helpOpen.value = true;
        }}
      />
      {board.helpOpen.value && <HelpDialog />}
    </div>
  );
}
