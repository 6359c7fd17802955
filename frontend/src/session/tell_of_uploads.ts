import { t } from "../i18n/translate";
import { hideToast, showToast } from "../ui/kit/toasts";
import type { UploadNews, Uploads } from "./uploads";

const KEY = "uploads";
/** What is sent sooner is not worth a word. */
const SOON_MS = 700;

let timer = 0;
let last: UploadNews | null = null;
let told = new Set<string>();

/** Says how far pictures are on their way, where they wait and why, and what the server did not take. */
export function tellOfUploads(news: UploadNews, uploads: Uploads): void {
  last = news;
  const refused = new Set(news.refused.map(({ file }) => file));
  for (const file of told) if (!refused.has(file)) hideToast(`upload-${file}`);
  for (const { file, name, reason } of news.refused) {
    if (told.has(file)) continue;
    const action = { words: t("picture.retry"), run: () => uploads.retry(file) };
    const words = t("picture.refused", { name, reason });
    showToast({ key: `upload-${file}`, kind: "warned", words, action });
  }
  told = refused;
  if (news.waiting === 0) {
    clearTimeout(timer);
    timer = 0;
    hideToast(KEY);
  } else if (timer === 0) timer = window.setTimeout(show, SOON_MS);
  else if (timer === SHOWN) show();
}

/** In the place of a timer: the message stands. */
const SHOWN = -1;

function show(): void {
  timer = SHOWN;
  if (last === null || last.waiting === 0) return;
  const { waiting: n, share, isStuck, isKept } = last;
  if (!isStuck) {
    showToast({ key: KEY, kind: "working", words: t("picture.sending", { n }), progress: share });
  } else {
    const words = t(isKept ? "picture.stuckKept" : "picture.stuckOnly", { n });
    showToast({ key: KEY, kind: "working", words });
  }
}
