import { CircleCheck, CloudOff, LoaderCircle } from "lucide";
import { t } from "../../i18n/translate";
import { Icon } from "../kit/icon";
import { type Connection, useBoard } from "./board_model";

/** Whether the board is connected and what is not saved yet, in words, under the title. */
export function ConnectionState() {
  const board = useBoard();
  const connection = board.connection.value;
  const { state, pending } = connection;
  const icon =
    state === "offline" ? CloudOff : state === "live" && pending === 0 ? CircleCheck : LoaderCircle;
  return (
    <div
      class={`connection connection-${state}`}
      data-testid="connection"
      data-state={state}
      data-pending={String(pending)}
      role="status"
    >
      <span class={icon === LoaderCircle ? "spin" : ""}>
        <Icon of={icon} size="14px" />
      </span>
      <span>{wordsFor(connection)}</span>
      {board.readOnly.value && <span class="badge">{t("board.viewOnly")}</span>}
    </div>
  );
}

function wordsFor({ state, pending }: Connection): string {
  const n = pending;
  if (state === "live") return n === 0 ? t("connection.saved") : t("connection.saving", { n });
  if (state === "connecting") {
    return n === 0 ? t("connection.connecting") : t("connection.connectingKept", { n });
  }
  return n === 0 ? t("connection.offline") : t("connection.offlineKept", { n });
}
