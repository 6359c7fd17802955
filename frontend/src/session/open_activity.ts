import { effect, signal } from "@preact/signals-core";
import { theme } from "../theme/theme";
import type { ActivityEvent, ActivityModel, PersonHere } from "../ui/activity/activity_model";
import { mountActivity } from "../ui/activity/activity_page";
import type { StopReason } from "../ui/board/board_model";
import { followActivity } from "./activity_feed";
import { sightOfEvent } from "./activity_place";
import { type BoardAddress, boardPath } from "./board_address";
import { BoardPicture } from "./board_picture";
import { recentBoard } from "./recent_boards";
import { request } from "./server";

/** As many as the server keeps. */
const KEPT = 1_000;
const CHANGES: ReadonlySet<string> = new Set([
  "drew",
  "edited",
  "deleted",
  "undid",
  "redid",
  "imported",
]);

const REASONS: Readonly<Record<number, StopReason>> = { 401: "bad-link", 404: "no-such-board" };

/** The page `/b/{id}/activity`; within another page it shows what its link opens, never what this browser knows. */
export function openActivity(host: HTMLElement, { id, token }: BoardAddress): void {
  const isEmbedded = window.self !== window.top;
  const known = isEmbedded ? undefined : recentBoard(id);
  const address = { id, token: token || (known?.token ?? "") };
  const title = signal(known?.title ?? "");
  const events = signal<readonly ActivityEvent[]>([]);
  const people = signal<readonly PersonHere[]>([]);
  const state = signal<"connecting" | "live" | "offline">("connecting");
  const stopped = signal<StopReason | null>(address.token === "" ? "no-key" : null);
  const picture = new BoardPicture(address, () => theme.value);
  const model: ActivityModel = {
    title,
    events,
    people,
    state,
    stopped,
    picture: picture.url,
    boardHref: boardPath(address),
    target: isEmbedded ? "_blank" : "_self",
    hrefOf(event) {
      const sight = sightOfEvent(event);
      return sight && boardPath(address, sight);
    },
  };
  mountActivity(host, model);
  if (stopped.value !== null) return;
  addEventListener("hashchange", () => location.reload());
  effect(() => {
    theme.value;
    picture.changed();
  });
  void request(`/api/boards/${id}`, address.token).then(async (answer) => {
    title.value = ((await answer.json()) as { title: string }).title;
  }, ignored);

  // Hundreds of lines may come in one piece: the page is painted once for all of them.
  let news: ActivityEvent[] = [];
  const take = () => {
    events.value = [...events.value, ...news].slice(-KEPT);
    news = [];
  };
  void followActivity(
    address,
    {
      event(event) {
        if (news.push(event) === 1) queueMicrotask(take);
        if (event.type === "joined") {
          const { person, name = "", color = "" } = event;
          people.value = [...people.value, { person, name, color }];
        }
        if (event.type === "left")
          people.value = people.value.filter(({ person }) => person !== event.person);
        if (event.type === "renamed") title.value = event.title ?? "";
        if (CHANGES.has(event.type)) picture.changed();
      },
      present(here) {
        people.value = here;
      },
      reset() {
        news = [];
        events.value = [];
      },
      state(now) {
        state.value = now;
      },
      refused(status) {
        stopped.value = REASONS[status] ?? "no-access";
      },
    },
    browser,
  );
}

function ignored(): void {
  // The feed tells that the board cannot be reached; the title is no more than an ornament.
}

const browser = {
  fetch: (path: string, init: RequestInit) => fetch(path, init),
  random: Math.random,
  pause(ms: number) {
    return new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener("online", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      addEventListener("online", done);
    });
  },
  watch(ms: number, expired: () => void) {
    let timer = setTimeout(expired, ms);
    return {
      again() {
        clearTimeout(timer);
        timer = setTimeout(expired, ms);
      },
      stop: () => clearTimeout(timer),
    };
  },
};
