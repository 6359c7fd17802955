import type { ReadonlySignal } from "@preact/signals-core";
import type { Role } from "../../generated/protocol";

export interface ListedBoard {
  readonly id: string;
  readonly title: string;
  /** Unix time in ms. */
  readonly openedAt: number;
  readonly role: Role | null;
  readonly href: string;
}

/** What the landing page shows and does; the session makes it. */
export interface LandingModel {
  readonly boards: ReadonlySignal<readonly ListedBoard[]>;
  readonly linkExample: string;
  /** Makes a board and goes there; rejects with an Error whose message is for people. */
  createBoard(): Promise<void>;
  /** Goes to the board of a pasted link; false when it is none. */
  openLink(text: string): boolean;
  forget(id: string): void;
}
