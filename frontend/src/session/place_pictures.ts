import { toWire } from "../document/wire_element";
import { newImage } from "../editor/new_element";
import type { Vec } from "../geometry/place";
import { t } from "../i18n/translate";
import { hideToast, showToast } from "../ui/kit/toasts";
import type { Drawable } from "./board_parts";
import { PictureRows, placeAlone } from "./picture_layout";
import { NoPicture, type Prepared, preparePicture } from "./prepare_picture";
import { uploadsOf } from "./uploads_of_board";

const READING = "pictures-reading";

/**
 * Places pictures around a point of the world, or in the middle of what is seen; one step to undo.
 *
 * They are there at once, here in full and for others as a box of their size; their bytes follow.
 */
export async function placePictures(
  board: Drawable,
  files: readonly File[],
  at?: Vec,
): Promise<void> {
  const { editor, camera } = board;
  if (editor.readOnly.value) {
    showToast({ key: READING, kind: "failed", words: t("picture.viewOnly") });
    return;
  }
  const { width, height } = editor.ports.stage.size;
  const view = { width: width / camera.zoom, height: height / camera.zoom };
  const middle = at ?? camera.toWorld(width / 2, height / 2);
  const rows = new PictureRows(files.length, view, middle);
  const gesture = editor.newGesture();
  const ids: string[] = [];
  for (const [done, file] of files.entries()) {
    tellReading(file.name, done, files.length);
    const prepared = await prepareOrTell(file);
    if (prepared === null) continue;
    const { natural } = prepared;
    const spot = files.length === 1 ? placeAlone(natural, view, middle) : rows.next(natural);
    board.pictures.offer(prepared.file, prepared.bytes);
    const birth = editor.birth([spot.x, spot.y, spot.width, spot.height, 0]);
    const element = newImage(birth, prepared.file, [natural.width, natural.height]);
    editor.edit([["put", toWire(element)]], gesture);
    ids.push(element.id);
    void uploadsOf(board).add({
      board: board.address.id,
      file: prepared.file,
      name: file.name,
      bytes: prepared.bytes,
    });
  }
  hideToast(READING);
  if (ids.length === 0) return;
  editor.setTool("select");
  editor.select(ids.filter((id) => editor.get(id) !== undefined));
}

async function prepareOrTell(file: File): Promise<Prepared | null> {
  try {
    return await preparePicture(file);
  } catch (error) {
    const reason = error instanceof NoPicture ? t(`picture.${error.reason}`) : t("picture.damaged");
    const words = t("picture.failed", { name: file.name, reason });
    showToast({ key: `picture ${file.name}`, kind: "failed", words });
    return null;
  }
}

function tellReading(name: string, done: number, total: number): void {
  const toast = { key: READING, kind: "working" } as const;
  if (total === 1) showToast({ ...toast, words: t("picture.reading", { name }) });
  else {
    const words = t("picture.readingMany", { done, total });
    showToast({ ...toast, words, progress: done / total });
  }
}
