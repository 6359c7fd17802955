import { X } from "lucide";
import { t } from "../../i18n/translate";
import { IconButton } from "../kit/button";
import { timeAgo } from "../kit/time_ago";
import { showToast } from "../kit/toasts";
import type { LandingModel, ListedBoard } from "./landing_model";

/** The boards opened in this browser, newest first; without any, what a board is good for. */
export function RecentList({ model }: { readonly model: LandingModel }) {
  const boards = model.boards.value;
  return (
    <section class="recent" aria-labelledby="recent-title">
      <h2 id="recent-title">{t("landing.recent")}</h2>
      {boards.length === 0 ? (
        <div class="recent-empty">
          <Sketch />
          <div>
            <p class="recent-empty-title">{t("landing.empty")}</p>
            <p>{t("landing.emptyHint")}</p>
          </div>
        </div>
      ) : (
        <ul class="recent-list" data-testid="recent-boards">
          {boards.map((board) => (
            <Row key={board.id} board={board} model={model} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ board, model }: { readonly board: ListedBoard; readonly model: LandingModel }) {
  const title = board.title || t("board.untitled");
  return (
    <li class="recent-row">
      <a class="recent-link" href={board.href}>
        <span class="recent-title">{title}</span>
        <span class="recent-when">
          {timeAgo(board.openedAt, Date.now())}
          {board.role && ` · ${t(`role.${board.role}`)}`}
        </span>
      </a>
      <IconButton
        icon={X}
        class="small"
        label={t("landing.forget", { title })}
        onClick={() => {
          model.forget(board.id);
          showToast({ key: "forgot", kind: "told", words: t("landing.forgotten") });
        }}
      />
    </li>
  );
}

/** Two people's strokes meeting: what the empty list is going to hold. */
function Sketch() {
  return (
    <svg class="sketch" viewBox="0 0 120 84" aria-hidden="true">
      <rect class="sketch-a" x="6" y="14" width="46" height="32" rx="5" />
      <ellipse class="sketch-b" cx="92" cy="56" rx="22" ry="18" />
      <path class="sketch-a" d="M54 32c14 1 20 6 26 12m-1-9 2 10-10-1" />
      <path class="sketch-cursor-a" d="m40 52 4.5 15 3.5-6.5 6.8-2.2z" />
      <path class="sketch-cursor-b" d="m98 20 4.5 15 3.5-6.5 6.8-2.2z" />
    </svg>
  );
}
