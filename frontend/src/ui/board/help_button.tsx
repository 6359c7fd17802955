import { CircleQuestionMark } from "lucide";
import { t } from "../../i18n/translate";
import { IconButton } from "../kit/button";
import { lazy } from "../kit/lazy";
import { useEditing } from "./board_model";

const HelpDialog = lazy(async () => (await import("./help_dialog")).HelpDialog);

/** Help, bottom right. */
export function HelpButton() {
  const { helpOpen } = useEditing();
  // The dialog stands beside the button's panel, not in it: a phone has no room for the button.
  return (
    <>
      <div class="bottom-right panel">
        <IconButton
          icon={CircleQuestionMark}
          label={t("help.button")}
          keys={["?"]}
          aria-haspopup="dialog"
          data-testid="help"
          onClick={() => {
            helpOpen.value = true;
          }}
        />
      </div>
      {helpOpen.value && <HelpDialog />}
    </>
  );
}
