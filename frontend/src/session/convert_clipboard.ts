import { t } from "../i18n/translate";
import { hideToast, showToast } from "../ui/kit/toasts";
import { request } from "./server";

const KEY = "convert";

/** Has the server read another program's elements; answers our own clipboard text, or null, which is said. */
export async function convertClipboard(
  board: { readonly id: string; readonly token: string },
  isLive: boolean,
  text: string,
): Promise<string | null> {
  const failed = (words: string) => {
    showToast({ key: KEY, kind: "failed", words });
    return null;
  };
  if (!isLive) return failed(t("clipboard.offline"));
  showToast({ key: KEY, kind: "working", words: t("clipboard.reading") });
  try {
    const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: text };
    const response = await request(`/api/boards/${board.id}/convert`, board.token, init);
    const own = await response.text();
    const { elements, skipped } = JSON.parse(own) as {
      readonly elements: readonly unknown[];
      readonly skipped: Readonly<Record<string, number>>;
    };
    if (elements.length === 0) return failed(t("clipboard.nothing"));
    const n = Object.values(skipped).reduce((sum, count) => sum + count, 0);
    const what = Object.keys(skipped).join(", ");
    if (n === 0) hideToast(KEY);
    else showToast({ key: KEY, kind: "told", words: t("clipboard.skipped", { n, what }) });
    return own;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(t("clipboard.unreadable", { reason }));
  }
}
