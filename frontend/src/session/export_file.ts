import { t } from "../i18n/translate";
import type { ExportFormat } from "../ui/board/board_model";
import { showToast } from "../ui/kit/toasts";
import { request } from "./server";

/** Saves the board as a file; the token goes in a header, so it cannot be a plain link. */
export async function exportBoard(
  board: { readonly id: string; readonly token: string },
  title: string,
  format: Exclude<ExportFormat, "png">,
): Promise<void> {
  const name = `${fileName(title)}.${format}`;
  const key = `export-${format}`;
  showToast({ key, kind: "working", words: t("menu.exporting", { name }) });
  try {
    const response = await request(`/api/boards/${board.id}/export.${format}`, board.token);
    saveFile(await response.blob(), name);
    showToast({ key, kind: "done", words: t("menu.exported", { name }) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    showToast({ key, kind: "failed", words: t("menu.exportFailed", { reason }) });
  }
}

/** Puts data among the downloads, under a name. */
export function saveFile(data: Blob, name: string): void {
  const url = URL.createObjectURL(data);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data once it began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The title as a file's name on every system. */
export function fileName(title: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be in a name.
  const plain = title.replace(/[\u0000-\u001f<>:"/\\|?*]+/g, " ").trim();
  return plain.replace(/ +/g, " ").slice(0, 80) || t("board.untitled");
}
