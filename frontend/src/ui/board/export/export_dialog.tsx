import { useSignal } from "@preact/signals";
import { signal } from "@preact/signals-core";
import { Copy, Download } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../../i18n/translate";
import { type Theme, theme } from "../../../theme/theme";
import { Dialog } from "../../kit/dialog";
import { Icon } from "../../kit/icon";
import { showToast } from "../../kit/toasts";
import { type ExportFormat, useEditing, type Wanted } from "../board_model";
import { Choice } from "../style/choice";
import "./export.css";
import { FORMATS, isDrawn, isPicture, SCALES, sizeWords, THEMES, WHAT_FOR } from "./formats";
import { Preview } from "./preview";

/** What was chosen last, for as long as the page is open. */
const chosen = signal<{ format: ExportFormat; scale: number; background: boolean }>({
  format: "png",
  scale: 2,
  background: true,
});

/** The board, or what is selected, as a file or on the clipboard. */
export function ExportDialog() {
  const { editor, exporter } = useEditing();
  const selected = [...editor.attachments.withContents(editor.selection.value)];
  const onlySelected = useSignal(selected.length > 0);
  const colours = useSignal<Theme>(theme.peek());
  const working = useSignal<AbortController | null>(null);
  const bytes = useSignal(0);
  const failure = useSignal("");
  const close = () => editor.closePanel("export");
  const { format, scale, background } = chosen.value;
  const ids = onlySelected.value ? selected : [];
  const wanted: Wanted = { format, ids, scale, background, theme: colours.value };
  const leaving = useRef(working);
  useEffect(() => () => leaving.current.peek()?.abort(), []);

  const save = async () => {
    const aborter = new AbortController();
    working.value = aborter;
    failure.value = "";
    bytes.value = 0;
    try {
      const made = await exporter();
      const name = await made.save(wanted, aborter.signal, (count) => {
        bytes.value = count;
      });
      showToast({ key: "export", kind: "done", words: t("menu.exported", { name }) });
      close();
    } catch (error) {
      if (aborter.signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      failure.value = t("menu.exportFailed", { reason });
    } finally {
      if (working.peek() === aborter) working.value = null;
    }
  };
  // It tells how it went on the board, which this dialog would cover.
  const copy = () => {
    close();
    void exporter().then((made) => made.copy(wanted));
  };
  const cancel = () => {
    working.peek()?.abort();
    working.value = null;
  };
  const isEmpty = editor.ports.replica.size === 0;
  return (
    <Dialog title={t("export.title")} class="wide" onClose={close}>
      <div class="export">
        <Preview wanted={wanted} />
        <div class="export-options">
          <Choice
            label={t("export.format")}
            options={FORMATS}
            value={format}
            onChoose={(value) => {
              chosen.value = { ...chosen.value, format: value };
            }}
          />
          <p class="export-what">{t(WHAT_FOR[format])}</p>
          {selected.length > 0 && (
            <Check
              label={t("export.selection")}
              checked={onlySelected.value}
              onChange={(checked) => {
                onlySelected.value = checked;
              }}
            />
          )}
          {isDrawn(format) && (
            <>
              <Check
                label={t("export.background")}
                checked={background}
                onChange={(checked) => {
                  chosen.value = { ...chosen.value, background: checked };
                }}
              />
              <div class="export-pair">
                <Choice
                  label={t("export.theme")}
                  options={THEMES}
                  value={colours.value}
                  onChoose={(value) => {
                    colours.value = value;
                  }}
                />
                {isPicture(format) && (
                  <Choice
                    label={t("export.scale")}
                    options={SCALES}
                    value={scale}
                    onChoose={(value) => {
                      chosen.value = { ...chosen.value, scale: value };
                    }}
                  />
                )}
              </div>
            </>
          )}
          {failure.value !== "" && (
            <p class="export-failed" role="alert">
              {failure.value}
            </p>
          )}
          {working.value === null ? (
            <div class="export-buttons">
              <button
                type="button"
                class="button primary"
                autofocus
                disabled={isEmpty}
                onClick={save}
              >
                <Icon of={Download} size="16px" /> {t("export.save")}
              </button>
              {isPicture(format) && (
                <button type="button" class="button" disabled={isEmpty} onClick={copy}>
                  <Icon of={Copy} size="16px" />{" "}
                  {t(format === "png" ? "command.copy-png" : "command.copy-svg")}
                </button>
              )}
            </div>
          ) : (
            <div class="export-buttons">
              <button type="button" class="button" onClick={cancel}>
                {t("export.cancel")}
              </button>
              <span role="status">
                {t("export.working", { size: bytes.value > 0 ? sizeWords(bytes.value) : "" })}
              </span>
            </div>
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label class="export-check">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}
