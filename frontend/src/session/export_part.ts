import { t } from "../i18n/translate";
import type { Exporter, Wanted } from "../ui/board/board_model";
import type { Drawable } from "./board_parts";
import { copyPicture } from "./copy_picture";
import { drawnHere, scaleThere } from "./draw_part";
import { fileName, saveFile } from "./export_file";
import { asked } from "./export_request";
import { me } from "./identity";
import { request } from "./server";
import { stored } from "./stored";

/** Pixels of a preview's longer side. */
const PREVIEW = 1_000;

/** Exports of a board or a part of it. */
export function exporterOf(parts: Drawable): Exporter {
  return {
    async preview(wanted) {
      const isEmpty = parts.replica.size === 0;
      return isEmpty ? null : drawnHere(parts, { ...wanted, scale: 2 }, PREVIEW);
    },
    async save(wanted, signal, told) {
      const name = `${fileName(parts.sync.title.value)}.${wanted.format}`;
      const scale = wanted.format === "png" ? scaleThere(parts, wanted) : wanted.scale;
      const file = await (scale === null
        ? drawnHere(parts, wanted)
        : received(parts, { ...wanted, scale }, signal, told));
      signal.throwIfAborted();
      saveFile(file, name);
      return name;
    },
    async copy(wanted) {
      if (wanted.format === "png" || wanted.format === "svg")
        await copyPicture(parts, wanted.format, wanted.ids, wanted);
    },
  };
}

async function received(
  parts: Drawable,
  wanted: Wanted,
  signal: AbortSignal,
  told: (bytes: number) => void,
): Promise<Blob> {
  await stored(parts, signal);
  const { id, token } = parts.address;
  const { path, init } = asked(wanted, me.value.person);
  const response = await request(`/api/boards/${id}/${path}`, token, { ...init, signal });
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      pieces.push(value);
      bytes += value.length;
      told(bytes);
    }
  } catch {
    signal.throwIfAborted();
    throw new Error(t("export.torn"));
  }
  return new Blob(pieces, { type: response.headers.get("Content-Type") ?? "" });
}
