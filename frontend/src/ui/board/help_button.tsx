import { CircleQuestionMark } from "lucide";
import { t } from "../../i18n/translate";
import { IconButton } from "../kit/button";
import { keysOf, useEditing } from "./board_model";

/** Help, bottom right. */
export function HelpButton() {
  const editing = useEditing();
  return (
    <div class="bottom-right panel">
      <IconButton
        icon={CircleQuestionMark}
        label={t("help.button")}
        keys={keysOf(editing, "help")}
        aria-haspopup="dialog"
        data-testid="help"
        onClick={() => editing.editor.run("help")}
      />
    </div>
  );
}
