import { t } from "../i18n/translate";
import { theme } from "../theme/theme";
import type { Wanted } from "../ui/board/board_model";
import { showToast } from "../ui/kit/toasts";
import type { Drawable } from "./board_parts";
import { drawnHere } from "./draw_part";
import { fileName, saveFile } from "./export_file";
import { asked } from "./export_request";
import { request } from "./server";
import { stored } from "./stored";

type Look = Pick<Wanted, "theme" | "background" | "scale">;
type Format = "png" | "svg";

const TYPES = { png: "image/png", svg: "text/plain" } as const;
const KEY = "copy-picture";

/** Puts a picture of elements on the clipboard, or of everything; where that is not allowed, offers a file. */
export async function copyPicture(
  parts: Drawable,
  format: Format,
  ids: readonly string[],
  look: Look = {
    theme: format === "png" ? theme.value : "light",
    background: true,
    scale: format === "png" ? 2 : 1,
  },
): Promise<void> {
  showToast({ key: KEY, kind: "working", words: t("copyPicture.copying") });
  const wanted = { ...look, format, ids };
  const picture = format === "png" ? drawnHere(parts, wanted) : drawnThere(parts, wanted);
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

/** The server draws it: what is not stored yet is waited for. */
async function drawnThere(parts: Drawable, wanted: Wanted): Promise<Blob> {
  await stored(parts);
  const { path, init } = asked(wanted);
  const response = await request(
    `/api/boards/${parts.address.id}/${path}`,
    parts.address.token,
    init,
  );
  return response.blob();
}
