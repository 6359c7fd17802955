import type { ReadonlySignal } from "@preact/signals-core";
import { type ComponentType, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Editor } from "../../editor/editor";
import type { Command } from "../../editor/tool";
import type { Availability, Element, Role, TextElement } from "../../generated/protocol";
import type { Box } from "../../geometry/box";
import type { Theme } from "../../theme/theme";

export interface Person {
  readonly person: string;
  readonly name: string;
  /** #rrggbb */
  readonly color: string;
  readonly role: Role;
  readonly isMe: boolean;
  /** Open windows of this person on the board. */
  readonly windows: number;
  readonly isDrawing: boolean;
  readonly availability: Availability;
  /** The person whose view theirs follows, or empty. */
  readonly following: string;
  /** Gone a moment ago. */
  readonly isLeaving?: boolean;
}

/** Somebody who is followed, or asks to be. */
export interface Leader {
  readonly person: string;
  readonly name: string;
  /** #rrggbb */
  readonly color: string;
}

export interface Connection {
  readonly state: "connecting" | "live" | "offline";
  /** Changes that the server has not taken yet. */
  readonly pending: number;
  /** They would survive this tab. */
  readonly isKept: boolean;
  /** This link may not send them: another visit made them, with a link that could draw. */
  readonly isHeldBack: boolean;
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

export type ExportFormat = "png" | "svg" | "pdf" | "excalidraw" | "inkwire" | "json" | "ndjson";

/** What is exported, and how it looks if it is a picture. */
export interface Wanted {
  readonly format: ExportFormat;
  /** None: the whole board. */
  readonly ids: readonly string[];
  /** Pixels for a world unit. */
  readonly scale: number;
  readonly theme: Theme;
  readonly background: boolean;
}

export interface Exporter {
  /** A small picture of what would be exported; null if that is nothing. */
  preview(wanted: Wanted): Promise<Blob | null>;
  /** Puts the file among the downloads and answers with its name; tells how many bytes have come. */
  save(wanted: Wanted, signal: AbortSignal, told: (bytes: number) => void): Promise<string>;
  /** Puts the picture on the clipboard. */
  copy(wanted: Wanted): Promise<void>;
}

/** The part of a board's chrome that needs the editor; it arrives a moment after the rest. */
export interface Editing {
  readonly editor: Editor;
  readonly commands: readonly Command[];
  readonly selected: ReadonlySignal<readonly Element[]>;
  /** Tools, style, undo and zoom: its code comes with the editor's. */
  readonly Chrome: ComponentType;
  readonly company: Company;
  readonly travel: Traveller;
  readonly overview: Overview;
  exporter(): Promise<Exporter>;
}

/** The whole board at a glance. */
export interface Overview {
  /** A coarse picture and the part of the world it shows; null while nothing is drawn. */
  picture(): { readonly image: CanvasImageSource; readonly box: Box } | null;
  /** What the others look at. */
  views(): readonly { readonly color: string; readonly box: Box }[];
  /** Called when that may have changed; answers how to stop. */
  onViews(listener: () => void): () => void;
}

/** Moves the camera softly. */
export interface Traveller {
  to(box: Box): void;
}

/** Going where others look, and asking them along. */
export interface Company {
  /** Whose view this page follows. */
  readonly leader: ReadonlySignal<Leader | null>;
  /** Who asks to be followed. */
  readonly invitation: ReadonlySignal<Leader | null>;
  /** Everybody was asked a moment ago. */
  readonly calling: ReadonlySignal<boolean>;
  follow(person: string): void;
  stopFollowing(): void;
  /** Looks once at what somebody looks at. */
  visit(person: string): void;
  callEveryone(): void;
  answer(follow: boolean): void;
}

/** Everything the chrome of a board shows and does; the session makes it. */
export interface BoardModel {
  readonly title: ReadonlySignal<string>;
  readonly role: ReadonlySignal<Role | null>;
  /** With this link the board can be looked at, not changed. */
  readonly readOnly: ReadonlySignal<boolean>;
  readonly connection: ReadonlySignal<Connection>;
  /** There is a board on this screen: the last visit's copy, or the server's first complete answer. */
  readonly ready: ReadonlySignal<boolean>;
  /** Nothing is on the board, and nobody is drawing. */
  readonly isBlank: ReadonlySignal<boolean>;
  readonly zoom: ReadonlySignal<number>;
  readonly people: ReadonlySignal<readonly Person[]>;
  readonly stopped: ReadonlySignal<Stop | null>;
  readonly editing: ReadonlySignal<Editing | null>;
  rename(title: string): void;
  renameMe(name: string, color: string): void;
  shareLinks(): readonly ShareLink[];
  exportAs(format: Exclude<ExportFormat, "png">): void;
  /** Brings drawings and pictures in, their middle at a point of the screen, or in the middle of it. */
  bringIn(
    files: readonly File[],
    at?: { readonly clientX: number; readonly clientY: number },
  ): void;
  /** The link, without the key if it leads to this board: it would be seen by everybody here. */
  withoutOwnKey(link: string): string;
  /** Whether a link leads to this board; then `goTo` goes to what it points to. */
  leadsHere(link: string): boolean;
  goTo(link: string): void;
  newBoard(): void;
  /** In a window of its own: what happens goes on. */
  showActivity(): void;
  retry(): void;
}

const Context = createContext<BoardModel | null>(null);
export const BoardProvider = Context.Provider;

export function useBoard(): BoardModel {
  const board = useContext(Context);
  if (board === null) throw new Error("this part of the chrome needs a board around it");
  return board;
}

/** For parts that are only shown once the editor is there. */
export function useEditing(): Editing {
  const editing = useBoard().editing.value;
  if (editing === null) throw new Error("this part of the chrome needs the editor");
  return editing;
}

/** The chords that claim the command `id`, best first. */
export function keysOf({ editor }: Editing, id: string): readonly string[] {
  return editor.ports.commands.get(id)?.keys ?? [];
}

/** What the style panel speaks of: the text being typed, or what is selected with the labels on it. */
export function useStyled(): {
  readonly elements: readonly Element[];
  readonly labels: readonly TextElement[];
} {
  const { editor, selected } = useEditing();
  const elements = selected.value;
  const edited = editor.text.edited.value;
  if (edited !== null) return { elements: [edited.element], labels: [] };
  return { elements, labels: editor.labelsOf(elements) };
}
