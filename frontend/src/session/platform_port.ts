import { isMac, keyText } from "../a11y/platform_keys";
import type { PlatformPort } from "../editor/ports";
import { t } from "../i18n/translate";
import { toggleTheme } from "../theme/theme";
import { chooseFiles } from "../ui/kit/choose_file";
import { showToast } from "../ui/kit/toasts";
import { withoutOwnKey } from "./board_address";
import type { Drawable } from "./board_parts";
import { tellOfEditing } from "./tell";

/**
 * What the page does for the editor; `parts` are there when it is first asked for them, `bringIn` takes the files
 * that somebody chose.
 */
export function platformPort(
  parts: () => Drawable,
  bringIn: (files: readonly File[]) => void,
): PlatformPort {
  return {
    mac: isMac,
    requestClipboard(action) {
      if (document.execCommand(action)) return;
      const key = keyText(action === "cut" ? "Ctrl+X" : "Ctrl+C");
      const words = t("clipboard.writeRefused", { key });
      showToast({ key: "clipboard", kind: "failed", words });
    },
    async readClipboard() {
      try {
        return await navigator.clipboard.readText();
      } catch {
        return null; // Not on plain http, or the person said no.
      }
    },
    async copyLink(ids) {
      const { copyLinkTo } = await import("./on_demand");
      await copyLinkTo(parts(), ids);
    },
    async copyPicture(format, ids) {
      const { copyPicture } = await import("./on_demand");
      await copyPicture(parts(), format, ids);
    },
    async convert(text) {
      const { convertClipboard } = await import("./on_demand");
      const { address, sync } = parts();
      return convertClipboard(address, sync.state.value === "live", text);
    },
    withoutOwnKey: (link) => withoutOwnKey(link, parts().address.id, location.origin),
    toggleDarkMode: toggleTheme,
    choosePictures: () => chooseFiles("image/*", bringIn),
    tell: tellOfEditing,
  };
}
