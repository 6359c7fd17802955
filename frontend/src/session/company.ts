import { t } from "../i18n/translate";
import type { GlideWorld } from "../render/glide";
import { browserClock } from "../sync/browser";
import type { Company } from "../ui/board/board_model";
import { showToast } from "../ui/kit/toasts";
import { Availability } from "./availability";
import type { OpenBoard } from "./board_parts";
import { Following } from "./following";
import { me } from "./identity";
import { Spotlight } from "./spotlight";

/** What the person at this page does with the others here: follows them, calls them, is there or away. */
export function keepCompany(board: OpenBoard, surface: HTMLElement): Company {
  const { sync } = board;
  const self = me.value.person;
  const live = sync.sendLive.bind(sync);
  const following = new Following({
    ...gliding(board),
    self,
    clock: browserClock,
    live,
    peers: () => sync.peers.values(),
    ended(why, { name }) {
      showToast({ key: "following", kind: "told", words: t(`follow.${why}`, { name }) });
    },
  });
  const spotlight = new Spotlight({ self, clock: browserClock, today: Date.now, live });
  const look = () => {
    following.peersChanged();
    spotlight.peersChanged(sync.peers.values(), following.leader.peek()?.person ?? "");
  };
  sync.onPeers(look);
  look();
  // A press on the board is the wish to do something there, and to look there while doing it.
  surface.addEventListener("pointerdown", () => following.stop());
  tellAvailability(live);
  return {
    leader: following.leader,
    invitation: spotlight.invitation,
    calling: spotlight.calling,
    follow(person) {
      following.start(person);
      look();
    },
    stopFollowing: () => following.stop(),
    visit: (person) => following.visit(person),
    callEveryone() {
      if (spotlight.calling.value) return;
      spotlight.callEveryone();
      showToast({ key: "spotlight", kind: "told", words: t("spotlight.asked") });
    },
    answer(follow) {
      const caller = spotlight.invitation.value;
      spotlight.answered();
      if (follow && caller !== null) following.start(caller.person);
    },
  };
}

/** What moves the camera of a board softly. */
export function gliding({ stage, camera }: OpenBoard): GlideWorld {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  return {
    camera,
    size: () => stage.size,
    reducedMotion: () => calm.matches,
    frame(run) {
      const request = requestAnimationFrame(run);
      return () => cancelAnimationFrame(request);
    },
  };
}

function tellAvailability(live: OpenBoard["sync"]["sendLive"]): void {
  const here = new Availability(browserClock, (availability) => live({ availability }));
  const options = { passive: true, capture: true };
  for (const kind of ["pointermove", "pointerdown", "wheel", "keydown"]) {
    addEventListener(kind, () => here.input(), options);
  }
  const seen = () => here.visible(document.visibilityState === "visible");
  document.addEventListener("visibilitychange", seen);
  if (document.visibilityState === "hidden") seen();
}
