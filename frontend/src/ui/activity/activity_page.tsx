import { useSignal } from "@preact/signals";
import { ArrowUpRight } from "lucide";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/translate";
import { Stopped } from "../board/stopped";
import { Brand } from "../kit/brand";
import { Icon } from "../kit/icon";
import { timeAgo } from "../kit/time_ago";
import "./activity.css";
import type { ActivityEvent, ActivityModel, PersonHere } from "./activity_model";
import { rowsOf, wordsOf } from "./activity_rows";

const SHOWN = 300;
const FACES = 6;
const MINUTE_MS = 60_000;

export function mountActivity(host: HTMLElement, model: ActivityModel): void {
  render(<ActivityPage model={model} />, host);
}

function ActivityPage({ model }: { readonly model: ActivityModel }) {
  const title = model.title.value || t("board.untitled");
  document.title = t("activity.pageTitle", { title });
  const reason = model.stopped.value;
  if (reason !== null) return <Stopped stop={{ reason }} pending={0} onRetry={() => undefined} />;
  return (
    <div class="activity">
      <header class="activity-head">
        <a class="activity-home" href="/" target={model.target} aria-label={t("menu.home")}>
          <Brand />
        </a>
        <h1>
          <a class="activity-name" href={model.boardHref} target={model.target}>
            {title}
          </a>
        </h1>
        <a class="button" href={model.boardHref} target={model.target}>
          {t("activity.openBoard")}
        </a>
      </header>
      <main class="activity-main">
        <Picture model={model} title={title} />
        <section class="activity-side" aria-labelledby="activity-title">
          <div class="activity-bar">
            <h2 id="activity-title">{t("activity.title")}</h2>
            <State model={model} />
          </div>
          <People people={model.people.value} />
          <Rows model={model} />
        </section>
      </main>
    </div>
  );
}

function State({ model }: { readonly model: ActivityModel }) {
  const state = model.state.value;
  return (
    <span class="activity-state" data-state={state} role="status">
      {t(
        state === "live"
          ? "activity.live"
          : state === "offline"
            ? "activity.offline"
            : "activity.connecting",
      )}
    </span>
  );
}

function People({ people }: { readonly people: readonly PersonHere[] }) {
  if (people.length === 0) return <p class="activity-people-none">{t("activity.nobody")}</p>;
  const more = people.length - FACES;
  return (
    <ul class="activity-people" aria-label={t("people.label", { n: people.length })}>
      {people.slice(0, FACES).map(({ person, name, color }) => (
        <li key={person}>
          <Dot color={color} />
          <span>{name}</span>
        </li>
      ))}
      {more > 0 && <li>{t("activity.more", { n: more })}</li>}
    </ul>
  );
}

function Rows({ model }: { readonly model: ActivityModel }) {
  const now = useMinute();
  const rows = rowsOf(model.events.value).slice(0, SHOWN);
  if (rows.length === 0) {
    return (
      <div class="activity-empty">
        <p>{t("activity.empty")}</p>
      </div>
    );
  }
  return (
    <ol class="activity-rows" data-testid="activity-rows">
      {rows.map((row) => (
        <Row key={row.id} row={row} model={model} now={now} />
      ))}
    </ol>
  );
}

function Row(props: {
  readonly row: ActivityEvent;
  readonly model: ActivityModel;
  readonly now: number;
}) {
  const { row, model, now } = props;
  const href = model.hrefOf(row);
  const words = (
    <>
      <Dot color={row.color || "var(--line-field)"} />
      <span class="activity-words">
        <strong>{row.name || t("activity.script")}</strong> {wordsOf(row)}
      </span>
      <time dateTime={new Date(row.at).toISOString()} title={new Date(row.at).toLocaleString()}>
        {timeAgo(row.at, now)}
      </time>
    </>
  );
  return (
    <li class="activity-row" data-kind={row.type}>
      {href === null ? (
        <span class="activity-line">{words}</span>
      ) : (
        <a class="activity-line" href={href} target={model.target} title={t("activity.goThere")}>
          {words}
          <Icon of={ArrowUpRight} size={14} />
        </a>
      )}
    </li>
  );
}

function Dot({ color }: { readonly color: string }) {
  return <span class="activity-dot" style={{ background: color }} aria-hidden="true" />;
}

function Picture({ model, title }: { readonly model: ActivityModel; readonly title: string }) {
  const picture = model.picture.value;
  return (
    <div class="activity-picture">
      {picture === null ? (
        <p>{t("activity.nothingDrawn")}</p>
      ) : (
        picture !== "" && (
          <a
            class="activity-board"
            href={model.boardHref}
            target={model.target}
            title={t("activity.openBoard")}
          >
            <img src={picture} alt={t("activity.pictureOf", { title })} data-testid="picture" />
          </a>
        )
      )}
    </div>
  );
}

/** Now, anew each minute: "2 minutes ago" does not stay true. */
function useMinute(): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, MINUTE_MS / 2);
    return () => clearInterval(timer);
  }, [now]);
  return Math.max(now.value, Date.now() - MINUTE_MS / 2);
}
