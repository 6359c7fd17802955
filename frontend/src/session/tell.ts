import { effect, type ReadonlySignal } from "@preact/signals-core";
import { keyText } from "../a11y/platform_keys";
import type { EditorNews } from "../editor/ports";
import { MAX_TEXT } from "../generated/limits";
import { hasWords, type MessageKey, type MessageValues, t } from "../i18n/translate";
import type { StorageProblem } from "../offline/journal";
import type { Replica } from "../sync/replica";
import type { SyncClient } from "../sync/sync_client";
import { hideToast, showToast } from "../ui/kit/toasts";

/** Each keeps its own message: the text of one must not push out the other's. */
let orphans = 0;

/** Says that something did not work; `key` has a place for the `reason`. */
export function tellFailure(key: MessageKey, error: unknown, values: MessageValues = {}): void {
  const reason = error instanceof Error ? error.message : String(error);
  showToast({ key, kind: "failed", words: t(key, { ...values, reason }) });
}

/** Says what would otherwise be lost without a word, and offers what can be done about it. */
export function tellOfEditing(news: EditorNews): void {
  if (news.kind === "clipboard-refused") {
    const words = t("clipboard.refused", { key: keyText("Ctrl+V") });
    showToast({ key: "clipboard", kind: "failed", words });
    return;
  }
  if (news.kind === "text-cut") {
    const words = t("text.cut", { n: news.letters, most: MAX_TEXT.toLocaleString("en") });
    showToast({ key: "text-cut", kind: "failed", words });
    return;
  }
  const words = t(news.type === "note" ? "text.orphanedNote" : "text.orphanedText");
  const action = { words: t("text.putBack"), run: news.putBack };
  // It stays: these may be many words.
  showToast({ key: `orphaned-${orphans++}`, kind: "warned", words, action });
}

/** Says for as long as it is so that edits would not survive closing the page, to those who can edit. */
export function tellOfStorage(
  problem: ReadonlySignal<StorageProblem | null>,
  sync: SyncClient,
  saveCopy: () => void,
): void {
  effect(() => {
    const kind = problem.value;
    const mayEdit = sync.role.value === null ? sync.state.value === "offline" : sync.mayPush.value;
    if (kind === null || !mayEdit) return hideToast("storage");
    const words = t(`storage.${kind}`);
    // The server makes the copy.
    const action = { words: t("storage.copy"), run: saveCopy };
    const isLive = sync.state.value === "live";
    showToast({ key: "storage", kind: "warned", words, ...(isLive && { action }) });
  });
}

/** Says what the server refused and what it says about itself. */
export function tellOfServer(replica: Replica, sync: SyncClient): void {
  replica.onRefused(({ code }) => {
    const key = `refused.${code}`;
    const words = hasWords(key) ? t(key) : t("refused.other", { code });
    showToast({ key: "refused", kind: "failed", words });
  });
  effect(() => {
    const notice = sync.notice.value;
    const key = `notice.${notice?.code}`;
    if (notice === null) return hideToast("notice");
    const words = hasWords(key) ? t(key) : notice.message;
    if (words === "") return;
    const n = sync.pending.value;
    const waiting = n === 0 ? "" : ` ${t("notice.waiting", { n })}`;
    // It stays for as long as it is true: the server takes it back.
    showToast({ key: "notice", kind: "working", words: words + waiting });
  });
}
