import { keyNames, keyText } from "../../a11y/platform_keys";
import { t } from "../../i18n/translate";
import { Dialog } from "../kit/dialog";
import { useEditing } from "./board_model";
import "./help.css";
import { GESTURES, type HelpGroup, helpGroups } from "./help_rows";

/** Every key, from the commands themselves, and the gestures. */
export function HelpDialog() {
  const { commands, editor } = useEditing();
  const mod = keyText("Ctrl");
  return (
    <Dialog title={t("help.title")} class="wide" onClose={() => editor.closePanel("help")}>
      <div class="help">
        {helpGroups(commands).map((group) => (
          <Keys key={group.title} group={group} />
        ))}
        <section>
          <h3>{t("help.gestures")}</h3>
          <dl>
            {GESTURES.map((gesture) => (
              <div key={gesture} class="help-gesture">
                <dt>{t(`help.${gesture}`)}</dt>
                <dd>{t(`help.${gesture}Keys`, { mod })}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function Keys({ group }: { readonly group: HelpGroup }) {
  return (
    <section>
      <h3>{group.title}</h3>
      <dl>
        {group.rows.map(({ label, chords }) => (
          <div key={label} class="help-row">
            <dt>{label}</dt>
            <dd>
              {chords.map((chord) => (
                <span key={chord} class="help-chord">
                  {keyNames(chord).map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
