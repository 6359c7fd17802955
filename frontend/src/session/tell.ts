import { effect, type ReadonlySignal } from "@preact/signals-core";
import { hasWords, type MessageKey, type MessageValues, t } from "../i18n/translate";
import type { StorageProblem } from "../offline/journal";
import type { Replica } from "../sync/replica";
import type { SyncClient } from "../sync/sync_client";
import { hideToast, showToast } from "../ui/kit/toasts";

/** Says that something did not work; `key` has a place for the `reason`. */
export function tellFailure(key: MessageKey, error: unknown, values: MessageValues = {}): void {
  const reason = error instanceof Error ? error.message : String(error);
  showToast({ key, kind: "failed", words: t(key, { ...values, reason }) });
}

/** Says when edits would not survive closing the page. */
export function tellOfStorage(problem: ReadonlySignal<StorageProblem | null>): void {
  effect(() => {
    const kind = problem.value;
    if (kind === null) hideToast("storage");
    else showToast({ key: "storage", kind: "failed", words: t(`storage.${kind}`) });
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
    if (notice === null) hideToast("notice");
    else if (hasWords(key) || notice.message !== "") {
      const words = hasWords(key) ? t(key) : notice.message;
      // It stays for as long as it is true: the server takes it back.
      showToast({ key: "notice", kind: "working", words });
    }
  });
}
