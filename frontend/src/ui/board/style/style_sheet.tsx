import { t } from "../../../i18n/translate";
import { Popover } from "../../kit/popover";
import { StylePanel } from "./style_panel";

/** The style panel on a phone: a sheet at the bottom, closed by a tap on the board. */
export function StyleSheet(props: { readonly anchor: HTMLElement; readonly onClose: () => void }) {
  return (
    <Popover
      anchor={props.anchor}
      side="above"
      align="end"
      class="style-sheet"
      label={t("style.label")}
      onClose={props.onClose}
    >
      <StylePanel />
    </Popover>
  );
}
