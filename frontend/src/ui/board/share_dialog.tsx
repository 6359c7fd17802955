import { useSignal } from "@preact/signals";
import { Check, Link2 } from "lucide";
import { useId, useRef } from "preact/hooks";
import { keyText } from "../../a11y/platform_keys";
import { t } from "../../i18n/translate";
import { Dialog } from "../kit/dialog";
import { Icon } from "../kit/icon";
import { type ShareLink, useBoard } from "./board_model";

/** The links to the board that the person here may give away. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const board = useBoard();
  return (
    <Dialog title={t("share.title")} onClose={onClose}>
      {board.shareLinks().map((link) => (
        <LinkRow key={link.kind} link={link} />
      ))}
      <p class="share-note">{t("share.note")}</p>
    </Dialog>
  );
}

const COPIED_MS = 2000;

function LinkRow({ link }: { readonly link: ShareLink }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const state = useSignal<"idle" | "copied" | "failed">("idle");
  const copy = async () => {
    field.current?.select();
    state.value = (await copied(link.url)) ? "copied" : "failed";
    if (state.value === "copied") {
      setTimeout(() => {
        state.value = "idle";
      }, COPIED_MS);
    }
  };
  return (
    <div class="share-link">
      <label class="label" for={id}>
        {t(`share.${link.kind}`)}
      </label>
      <div class="share-row">
        <input
          ref={field}
          id={id}
          class="field"
          type="text"
          readOnly
          value={link.url}
          data-testid={`link-${link.kind}`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button
          type="button"
          class={`button share-copy ${link.kind === "viewer" ? "" : "primary"}`}
          data-testid={`copy-${link.kind}`}
          onClick={copy}
        >
          <Icon of={state.value === "copied" ? Check : Link2} size="16px" />
          <span aria-live="polite">
            {t(state.value === "copied" ? "share.copied" : "share.copy")}
          </span>
        </button>
      </div>
      {state.value === "failed" && (
        <p class="share-failed" role="alert">
          {t("share.copyFailed", { key: keyText("Ctrl+C") })}
        </p>
      )}
    </div>
  );
}

/** Copies by the asynchronous clipboard, or on plain http, where it is missing, by the document's command. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The field with the link is selected: the old way copies what is selected.
    return document.execCommand("copy");
  }
}
