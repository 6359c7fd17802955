import { X } from "lucide";
import { keyText } from "../../a11y/platform_keys";
import { t } from "../../i18n/translate";
import { IconButton } from "../kit/button";
import { useEditing } from "./board_model";
import "./following.css";

/** The frame around a board that shows what somebody else looks at, and the question whether it shall. */
export function FollowingFrame() {
  const { company } = useEditing();
  const leader = company.leader.value;
  const caller = company.invitation.value;
  return (
    <>
      {leader && (
        <div
          class="following-frame"
          data-testid="following"
          style={{ "--person": leader.color }}
          aria-hidden="true"
        />
      )}
      <div class="following-words" role="status">
        {leader && (
          <div class="following-pill filled" style={{ "--person": leader.color }}>
            <span class="following-name">{t("follow.following", { name: leader.name })}</span>
            <span class="following-keys">
              <kbd>{keyText("Escape")}</kbd> {t("follow.toStop")}
            </span>
            <IconButton
              icon={X}
              class="small"
              label={t("people.unfollow", { name: leader.name })}
              onClick={company.stopFollowing}
            />
          </div>
        )}
        {caller && (
          <div class="following-pill" data-testid="invitation" style={{ "--person": caller.color }}>
            <span class="following-name">{t("spotlight.asks", { name: caller.name })}</span>
            <button type="button" class="filled" onClick={() => company.answer(true)}>
              {t("spotlight.follow")}
            </button>
            <button type="button" onClick={() => company.answer(false)}>
              {t("spotlight.notNow")}
            </button>
          </div>
        )}
      </div>
    </>
  );
}
