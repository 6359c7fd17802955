import { useSignal } from "@preact/signals";
import { CircleCheck, CloudOff, LoaderCircle } from "lucide";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/translate";
import { Icon } from "../kit/icon";
import { type Connection, useBoard } from "./board_model";

/** Saving that is over sooner is not worth a word: it would only flicker with each stroke. */
const WORTH_TELLING_MS = 600;

/** Whether the board is connected and what is not saved yet, in words, under the title. */
export function ConnectionState() {
  const board = useBoard();
  const { state, pending, isHeldBack } = board.connection.value;
  const isLong = useSignal(false);
  const isSaving = pending > 0;
  useEffect(() => {
    if (!isSaving) return;
    const timer = setTimeout(() => {
      isLong.value = true;
    }, WORTH_TELLING_MS);
    return () => {
      clearTimeout(timer);
      isLong.value = false;
    };
  }, [isSaving, isLong]);

  const isSaved = state === "live" && !(isSaving && isLong.value);
  const isStill = state === "offline" || (state === "live" && isSaving && isHeldBack);
  const isNews = isStill || (state === "connecting" && isSaving);
  const icon = isStill ? CloudOff : isSaved ? CircleCheck : LoaderCircle;
  return (
    <div
      class={isNews ? "connection connection-news" : "connection"}
      data-testid="connection"
      data-state={state}
      data-pending={String(pending)}
      role="status"
    >
      <span class={icon === LoaderCircle ? "spin" : ""}>
        <Icon of={icon} size="14px" />
      </span>
      <span>{isSaved ? t("connection.saved") : wordsFor(board.connection.value)}</span>
      {board.readOnly.value && <span class="badge">{t("board.viewOnly")}</span>}
    </div>
  );
}

function wordsFor({ state, pending, isKept, isHeldBack }: Connection): string {
  const n = pending;
  if (state === "live")
    return t(isHeldBack ? "connection.needsEditor" : "connection.saving", { n });
  if (state === "connecting" && n === 0) return t("connection.connecting");
  const kept = isKept ? "Kept" : "Only";
  if (n === 0) return t(isKept ? "connection.offline" : "connection.offlineUnkept");
  return t(state === "connecting" ? `connection.connecting${kept}` : `connection.offline${kept}`, {
    n,
  });
}
