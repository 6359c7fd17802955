import { type MessageKey, t } from "../../i18n/translate";
import { Brand } from "../kit/brand";
import type { Stop, StopReason } from "./board_model";
import "./stopped.css";

const RELOADED: ReadonlySet<StopReason> = new Set(["newer-version", "not-understood", "failed"]);
const RETRIED: Readonly<Partial<Record<StopReason, MessageKey>>> = {
  "room-full": "stopped.retry",
  "opened-elsewhere": "stopped.here",
};

interface StoppedProps {
  readonly stop: Stop;
  /** Changes that no server has. */
  readonly pending: number;
  readonly onRetry: () => void;
}

/** The board cannot be opened or go on: why, and the ways out. */
export function Stopped({ stop, pending, onRetry }: StoppedProps) {
  const reloads = RELOADED.has(stop.reason);
  const retries = RETRIED[stop.reason];
  const mayRetry = reloads || retries !== undefined;
  return (
    <div class="stopped" role="alertdialog" aria-labelledby="stopped-title" data-testid="stopped">
      <div class="stopped-card panel">
        <Brand size={36} />
        <h1 id="stopped-title">{t(`stopped.${stop.reason}.title`)}</h1>
        <p>{t(`stopped.${stop.reason}.text`)}</p>
        {pending > 0 && <p>{t("stopped.kept", { n: pending })}</p>}
        {stop.details && (
          <p class="stopped-details">{t("stopped.details", { details: stop.details })}</p>
        )}
        <div class="stopped-ways">
          {mayRetry && (
            <button
              type="button"
              class="button primary"
              onClick={() => (reloads ? location.reload() : onRetry())}
            >
              {t(retries ?? "stopped.reload")}
            </button>
          )}
          <a class={mayRetry ? "button" : "button primary"} href="/">
            {t("stopped.home")}
          </a>
        </div>
      </div>
    </div>
  );
}
