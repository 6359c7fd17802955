import { computed, signal } from "@preact/signals-core";
import type { Role } from "../generated/protocol";
import type { BoardModel, Connection, Editing, Person, Stop } from "../ui/board/board_model";
import {
  activityPath,
  type BoardAddress,
  type Sight,
  sightOnBoard,
  withoutOwnKey,
} from "./board_address";
import { me } from "./identity";
import { peopleOf } from "./people";
import { recentBoard } from "./recent_boards";
import { shareLinks } from "./share_links";
import { tellFailure } from "./tell";

/** What the chrome can do only once the board is there. */
export type BoardActions = Pick<
  BoardModel,
  "rename" | "renameMe" | "exportAs" | "bringIn" | "retry"
> & { goTo(sight: Sight): void };

/**
 * What the chrome shows of a board, from the first moment on.
 *
 * It is painted before the connection's and the editor's code is there: they fill it as they arrive.
 */
export class BoardFrame {
  readonly title;
  readonly role = signal<Role | null>(null);
  readonly connection = signal<Connection>({
    state: "connecting",
    pending: 0,
    isKept: true,
    isHeldBack: false,
  });
  readonly ready = signal(false);
  readonly isBlank = signal(false);
  /** The person at this page has drawn something: nobody needs to teach them. */
  readonly isBegun = signal(false);
  /** The person at this page chose to only look. */
  readonly viewOnly = signal(false);
  readonly zoom = signal(1);
  readonly stopped = signal<Stop | null>(null);
  readonly editing = signal<Editing | null>(null);
  readonly people = signal<readonly Person[]>([]);
  actions: BoardActions | null = null;
  readonly model: BoardModel;

  constructor(
    readonly address: BoardAddress,
    /** What the link that was opened points to. */
    readonly sight: Sight | null = null,
  ) {
    this.title = signal(recentBoard(address.id)?.title ?? "");
    this.people.value = peopleOf([], me.value, null);
    this.model = {
      title: this.title,
      role: this.role,
      readOnly: computed(
        () =>
          this.viewOnly.value || this.role.value === "viewer" || this.role.value === "commenter",
      ),
      connection: this.connection,
      ready: this.ready,
      isBlank: this.isBlank,
      zoom: this.zoom,
      people: this.people,
      stopped: this.stopped,
      editing: this.editing,
      rename: (title) => this.actions?.rename(title),
      renameMe: (name, color) => this.actions?.renameMe(name, color),
      shareLinks: () => shareLinks(address, this.role.value),
      exportAs: (format) => this.actions?.exportAs(format),
      bringIn: (files, at) => this.actions?.bringIn(files, at),
      withoutOwnKey: (link) => withoutOwnKey(link, address.id, location.origin),
      leadsHere: (link) => sightOnBoard(link, address.id, location.origin) !== undefined,
      goTo: (link) => {
        const there = sightOnBoard(link, address.id, location.origin);
        if (there) this.actions?.goTo(there);
      },
      newBoard: () => void newBoard(),
      showActivity: () => void open(activityPath(address), "_blank", "noopener"),
      retry: () => this.actions?.retry(),
    };
  }
}

async function newBoard(): Promise<void> {
  try {
    const { goToNewBoard } = await import("./new_board");
    await goToNewBoard();
  } catch (error) {
    tellFailure("landing.createFailed", error);
  }
}
