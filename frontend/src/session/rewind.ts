import type { Editor } from "../editor/editor";
import { opsToward } from "../history/targets";
import { t } from "../i18n/translate";
import type { Replica } from "../sync/replica";
import { showToast } from "../ui/kit/toasts";
import { lostTargets } from "./lost_targets";

/**
 * Says when the server's board is older than what was here, for instance after a backup was put back, and offers
 * to put back what was here: nobody else may have it any more.
 *
 * Elements keep their ids, so nothing comes twice when several people do so. What was deleted since stays as the
 * server has it. What no server had confirmed is sent again anyway.
 */
export function tellOfRewind(replica: Replica, editor: Editor): void {
  replica.onRewound((rewind) => {
    const lost = lostTargets(rewind, replica);
    if (lost.size === 0 && !rewind.older) return;
    const n = lost.size;
    const missing = n === 0 ? "" : ` ${t("rewind.missing", { n })}`;
    const words = rewind.older ? t("rewind.older") + missing : t("rewind.other", { n });
    const putBack = () => {
      const ops = opsToward(lost, (id) => replica.get(id));
      if (ops.length > 0) editor.edit(ops);
    };
    const action = { words: t("rewind.putBack"), run: putBack };
    const mayPutBack = n > 0 && !editor.readOnly.peek();
    showToast({ key: "rewind", kind: "warned", words, ...(mayPutBack && { action }) });
  });
}
