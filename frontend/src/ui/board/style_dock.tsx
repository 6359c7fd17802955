import { useSignal } from "@preact/signals";
import { CopyPlus, Palette, Trash2 } from "lucide";
import { useRef } from "preact/hooks";
import { isTransparent } from "../../elements/colours";
import { t } from "../../i18n/translate";
import { IconButton } from "../kit/button";
import { lazy } from "../kit/lazy";
import { useEditing, useStyled } from "./board_model";
import { stylesInSheet } from "./narrow";
import { sectionsFor } from "./style/sections";

const StylePanel = lazy(async () => (await import("./on_demand")).StylePanel);
const StyleSheet = lazy(async () => (await import("./on_demand")).StyleSheet);

/** Where style is chosen: a panel at the left, or on a phone a button that opens a sheet. */
export function StyleDock() {
  const { editor, selected } = useEditing();
  const { elements, labels } = useStyled();
  const open = useSignal(false);
  const button = useRef<HTMLDivElement>(null);
  const isFilled = !isTransparent(editor.style.value.fill);
  const applies = sectionsFor(editor.tool.value, elements, isFilled, labels).length > 0;
  if (editor.readOnly.value || !applies) return null;
  if (!stylesInSheet.value) {
    return (
      <div class="style-dock panel">
        <StylePanel />
      </div>
    );
  }
  return (
    <div class="style-chip panel" ref={button}>
      {selected.value.length > 0 && (
        <>
          <IconButton
            icon={CopyPlus}
            label={t("command.duplicate")}
            onClick={() => editor.run("duplicate")}
          />
          <IconButton
            icon={Trash2}
            label={t("command.delete")}
            onClick={() => editor.run("delete")}
          />
        </>
      )}
      <IconButton
        icon={Palette}
        label={t("style.open")}
        aria-haspopup="dialog"
        aria-expanded={open.value}
        data-testid="style-open"
        onClick={() => {
          open.value = !open.value;
        }}
      />
      {open.value && button.current && (
        <StyleSheet
          anchor={button.current}
          onClose={() => {
            open.value = false;
          }}
        />
      )}
    </div>
  );
}
