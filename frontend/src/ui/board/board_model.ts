import type { ReadonlySignal } from "@preact/signals-core";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Editor } from "../../editor/editor";
import type { Command } from "../../editor/tool";
import type { Element, Role } from "../../generated/protocol";

export interface Person {
  readonly person: string;
  readonly name: string;
  /** #rrggbb */
  readonly color: string;
  readonly role: Role;
  readonly isMe: boolean;
  /** Open windows of this person on the board. */
  readonly windows: number;
}

export interface Connection {
  readonly state: "connecting" | "live" | "offline";
  /** Changes that the server has not taken yet. */
  readonly pending: number;
}

export type StopReason =
  | "no-key"
  | "bad-link"
  | "no-access"
  | "no-such-board"
  | "room-full"
  | "newer-version"
  | "opened-elsewhere"
  | "not-understood"
  | "failed";

/** The board cannot go on by itself; `details` are for whoever runs the server. */
export interface Stop {
  readonly reason: StopReason;
  readonly details?: string;
}

export interface ShareLink {
  readonly kind: "editor" | "viewer" | "own";
  readonly url: string;
}

export type ExportFormat = "svg" | "json";

/** Everything the chrome of a board shows and does; the session makes it. */
export interface BoardModel {
  readonly editor: Editor;
  readonly commands: readonly Command[];
  readonly selected: ReadonlySignal<readonly Element[]>;
  readonly zoom: ReadonlySignal<number>;
  readonly title: ReadonlySignal<string>;
  readonly role: ReadonlySignal<Role | null>;
  readonly connection: ReadonlySignal<Connection>;
  /** The board is complete on this screen. */
  readonly ready: ReadonlySignal<boolean>;
  readonly isEmpty: ReadonlySignal<boolean>;
  readonly people: ReadonlySignal<readonly Person[]>;
  readonly stopped: ReadonlySignal<Stop | null>;
  readonly helpOpen: { value: boolean };
  rename(title: string): void;
  renameMe(name: string, color: string): void;
  shareLinks(): readonly ShareLink[];
  exportAs(format: ExportFormat): void;
  /** Brings a file's drawing in, its middle at a point of the screen, or in the middle of it. */
  importFile(file: File, at?: { readonly clientX: number; readonly clientY: number }): void;
  newBoard(): void;
  retry(): void;
}

const Context = createContext<BoardModel | null>(null);
export const BoardProvider = Context.Provider;

export function useBoard(): BoardModel {
  const board = useContext(Context);
  if (board === null) throw new Error("this part of the chrome needs a board around it");
  return board;
}

/** The keys that claim the command or tool `id`, best first. */
export function keysOf(board: BoardModel, id: string): readonly string[] {
  return board.commands.find((command) => command.id === id)?.keys ?? [];
}
