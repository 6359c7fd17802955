import type { ReadonlySignal } from "@preact/signals-core";
import type { StopReason } from "../board/board_model";

export type ActivityKind =
  | "joined"
  | "left"
  | "drew"
  | "edited"
  | "deleted"
  | "undid"
  | "redid"
  | "renamed"
  | "imported"
  | "exported";

/** One line of the feed, as the server tells it (docs/api.md). */
export interface ActivityEvent {
  readonly id: string;
  readonly type: ActivityKind;
  /** Unix time in ms. */
  readonly at: number;
  readonly person: string;
  readonly name?: string;
  readonly color?: string;
  readonly count?: number;
  readonly kinds?: Readonly<Record<string, number>>;
  readonly elements?: readonly string[];
  /** x, y, width, height in world units. */
  readonly place?: readonly [number, number, number, number];
  readonly title?: string;
  readonly format?: string;
}

export interface PersonHere {
  readonly person: string;
  readonly name: string;
  readonly color: string;
}

/** What the activity page shows, and what it can ask for. */
export interface ActivityModel {
  readonly title: ReadonlySignal<string>;
  /** Oldest first. */
  readonly events: ReadonlySignal<readonly ActivityEvent[]>;
  readonly people: ReadonlySignal<readonly PersonHere[]>;
  readonly state: ReadonlySignal<"connecting" | "live" | "offline">;
  /** Why there is nothing to see, or not any more. */
  readonly stopped: ReadonlySignal<StopReason | null>;
  /** Where the board's picture is; empty while there is none, null if nothing is drawn. */
  readonly picture: ReadonlySignal<string | null>;
  readonly boardHref: string;
  /** Where its links open: within another page they do not lead away in that page's frame. */
  readonly target: "_self" | "_blank";
  /** Leads to where it happened; null if that cannot be known. */
  hrefOf(event: ActivityEvent): string | null;
}
