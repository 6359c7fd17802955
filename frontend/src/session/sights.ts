import { boundsOfAll } from "../editor/selection_box";
import { t } from "../i18n/translate";
import { showToast } from "../ui/kit/toasts";
import { MOST_SHOWN, type Sight, sightText } from "./board_address";
import type { Drawable } from "./board_parts";
import { copyText } from "./copy_text";
import { shareLinks } from "./share_links";
import type { Travel } from "./travel";

/** Puts a link to elements, or to what is seen, on the clipboard: with the key that may be given away. */
export async function copyLinkTo(parts: Drawable, ids: readonly string[]): Promise<void> {
  const { address, sync } = parts;
  const [share] = shareLinks(address, sync.role.value);
  if (share === undefined) return;
  const link = `${share.url}&${sightText(sightOfPage(parts, ids))}`;
  const done = await copyText(link);
  showToast({
    key: "copy-link",
    kind: done ? "done" : "failed",
    words: done ? t(`link.copied.${share.kind}`) : t("link.copyFailed", { link }),
  });
}

function sightOfPage({ editor, camera, stage }: Drawable, ids: readonly string[]): Sight {
  if (ids.length > 0 && ids.length <= MOST_SHOWN) return { kind: "elements", ids };
  const { width, height } = stage.size;
  const middle = camera.toWorld(width / 2, height / 2);
  if (ids.length === 0) return { kind: "view", ...middle, zoom: camera.zoom };
  const { minX, minY, maxX, maxY } = boundsOfAll(editor.existing(ids));
  return { kind: "view", x: (minX + maxX) / 2, y: (minY + maxY) / 2, zoom: camera.zoom };
}

/** Goes where a link points to, once the board is here; elements are selected, and missing ones told. */
export async function goToSight(parts: Drawable, sight: Sight, travel: Travel): Promise<void> {
  const { editor } = parts;
  if (sight.kind === "view") {
    const { x, y, zoom } = sight;
    travel.look(x, y, zoom);
    return;
  }
  await allThere(parts, sight.ids);
  const elements = editor.existing(sight.ids);
  const missing = sight.ids.length - elements.length;
  if (missing > 0) {
    const words =
      elements.length === 0
        ? t("link.gone")
        : t("link.partlyGone", { n: missing, of: sight.ids.length });
    showToast({ key: "link-gone", kind: "failed", words });
  }
  if (elements.length === 0) return;
  editor.setTool("select");
  editor.entered.value = null;
  editor.select(elements.map(({ id }) => id));
  travel.to(boundsOfAll(elements));
}

/** Resolves when these elements are on the board, or all of the board is here and they are not. */
function allThere({ replica, sync }: Drawable, ids: readonly string[]): Promise<void> {
  const isThere = () =>
    ids.every((id) => replica.get(id) !== undefined) ||
    (sync.greetedAt.value !== null &&
      !replica.loading &&
      (replica.position?.seq ?? -1) >= sync.greetedAt.value);
  if (isThere()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (!isThere()) return;
      for (const stop of stops) stop();
      resolve();
    };
    const stops = [replica.subscribe(look), replica.onStatus(look), sync.greetedAt.subscribe(look)];
  });
}
