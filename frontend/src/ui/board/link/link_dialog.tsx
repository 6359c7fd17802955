import { useSignal } from "@preact/signals";
import { ExternalLink, Trash2 } from "lucide";
import { useId } from "preact/hooks";
import { isSafeLink, linkOf } from "../../../editor/links";
import { MAX_LINK } from "../../../generated/limits";
import { t } from "../../../i18n/translate";
import { Dialog } from "../../kit/dialog";
import { Icon } from "../../kit/icon";
import { useBoard, useEditing } from "../board_model";
import "./link.css";

/** Sets, opens or takes away the link of what is selected. */
export function LinkDialog() {
  const board = useBoard();
  const { editor } = useEditing();
  const id = useId();
  // The text in a shape leads where its shape leads.
  const linked = editor
    .unlocked()
    .filter((element) => element.type !== "text" || element.container === "");
  const links = new Set(linked.map(({ link }) => link));
  const before = links.size === 1 ? ([...links][0] ?? "") : "";
  const typed = useSignal(before);
  const isRefused = useSignal(false);
  const close = () => editor.closePanel("link");
  const set = (link: string) => {
    editor.change(new Map(linked.map((element) => [element.id, { link }])));
    close();
  };
  const save = (event: Event) => {
    event.preventDefault();
    if (typed.value.trim() === "") return set("");
    const link = linkOf(typed.value);
    if (link === null) isRefused.value = true;
    else set(board.withoutOwnKey(link));
  };
  const meant = linkOf(typed.value);
  const holdsKey = meant !== null && /#(.*&)?k=/.test(board.withoutOwnKey(meant));
  return (
    <Dialog title={t("link.title")} onClose={close}>
      <form class="link-form" onSubmit={save}>
        <label class="label" for={id}>
          {t("link.label")}
        </label>
        <input
          id={id}
          autofocus
          class="field"
          type="text"
          inputmode="url"
          autocomplete="off"
          spellcheck={false}
          placeholder={t("link.placeholder")}
          value={typed.value}
          aria-invalid={isRefused.value}
          aria-describedby={`${id}-words`}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            isRefused.value = false;
          }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <p
          id={`${id}-words`}
          class={isRefused.value ? "link-words refused" : "link-words"}
          role={isRefused.value ? "alert" : undefined}
        >
          {isRefused.value
            ? t("link.bad", { most: MAX_LINK.toLocaleString("en") })
            : holdsKey && t("link.holdsKey")}
        </p>
        <div class="link-buttons">
          {before !== "" && (
            <button type="button" class="button danger" onClick={() => set("")}>
              <Icon of={Trash2} size="16px" /> {t("link.remove")}
            </button>
          )}
          {before !== "" && isSafeLink(before) && (
            <a class="button" href={before} target="_blank" rel="noopener noreferrer">
              <Icon of={ExternalLink} size="16px" /> {t("link.open")}
            </a>
          )}
          <button type="submit" class="button primary">
            {t("link.save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
