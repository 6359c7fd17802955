import { t } from "../i18n/translate";
import { backgroundColour, PLAIN } from "../render/background";
import { pictureOf } from "../render/picture_of";
import { theme } from "../theme/theme";
import { showToast } from "../ui/kit/toasts";
import type { Drawable } from "./board_parts";
import { fileName, saveFile } from "./export_file";
import { request } from "./server";

type Format = "png" | "svg";

const TYPES = { png: "image/png", svg: "text/plain" } as const;
const KEY = "copy-picture";

/** Puts a picture of elements on the clipboard, or of everything; where that is not allowed, offers a file. */
export async function copyPicture(
  parts: Drawable,
  format: Format,
  ids: readonly string[],
): Promise<void> {
  showToast({ key: KEY, kind: "working", words: t("copyPicture.copying") });
  const picture = format === "png" ? png(parts, ids) : svg(parts, ids);
  // Handed over as a promise: the clipboard has to be asked while the key or the press is still fresh.
  const isWritten = await write(format, picture);
  try {
    const blob = await picture;
    if (isWritten) return showToast({ key: KEY, kind: "done", words: t(`copyPicture.${format}`) });
    const words = t("copyPicture.failed", { reason: t("copyPicture.refused") });
    const run = () => saveFile(blob, `${fileName(parts.sync.title.value)}.${format}`);
    showToast({ key: KEY, kind: "warned", words, action: { words: t("copyPicture.save"), run } });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    showToast({ key: KEY, kind: "failed", words: t("copyPicture.failed", { reason }) });
  }
}

async function write(format: Format, picture: Promise<Blob>): Promise<boolean> {
  try {
    const type = TYPES[format];
    const typed = picture.then((blob) => (blob.type === type ? blob : new Blob([blob], { type })));
    await navigator.clipboard.write([new ClipboardItem({ [type]: typed })]);
    return true;
  } catch {
    return false; // Not on plain http, or the person said no, or there is no picture.
  }
}

async function png(parts: Drawable, ids: readonly string[]): Promise<Blob> {
  const { replica, editor, pictures } = parts;
  const elements = ids.length > 0 ? editor.existing(ids) : [...replica.elements()];
  const background = backgroundColour(PLAIN, theme.value);
  return pictureOf(replica, elements, { theme: theme.value, background }, pictures);
}

/** The server draws it: what is not stored yet is waited for. */
async function svg(parts: Drawable, ids: readonly string[]): Promise<Blob> {
  const { address, sync } = parts;
  if (sync.state.value !== "live") throw new Error(t("copyPicture.offline"));
  await stored(parts);
  const chosen = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ids }),
  };
  const path = `/api/boards/${address.id}/export.svg`;
  const response = await request(path, address.token, ids.length > 0 ? chosen : {});
  return response.blob();
}

function stored({ replica, sync }: Drawable): Promise<void> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const look = () => {
      if (replica.pending > 0 && sync.state.value === "live") return;
      for (const stop of stops) stop();
      resolve();
    };
    stops.push(replica.onStatus(look), sync.state.subscribe(look));
    look();
  });
}
