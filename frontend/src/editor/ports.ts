/** What the editor needs of its neighbours, and nothing more: tests give it a few lines instead. */
import type { ChangeSet, ReadonlyDocument } from "../document/change_set";
import type { Random } from "../document/new_id";
import type {
  Element,
  ElementType,
  Font,
  Freedraw,
  LiveState,
  Op,
  Place,
} from "../generated/protocol";
import type { Box } from "../geometry/box";
import type { Vec } from "../geometry/place";
import type { InkPoint } from "../geometry/points";
import type { CommandSet, ToolDefinition, ToolName } from "./tool";

export type Cause = "own" | "remote" | "snapshot" | "refused";

export interface ReplicaPort extends ReadonlyDocument {
  edit(ops: readonly Op[], gesture: string): void;
  subscribe(
    listener: (
      changes: ChangeSet,
      cause: Cause,
      touched?: ReadonlyMap<string, ReadonlySet<string>>,
    ) => void,
  ): () => void;
}

/** screen = (world - (x, y)) * zoom, in CSS pixels from the corner of the drawing surface. */
export interface CameraPort {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  panBy(dx: number, dy: number): void;
  zoomAt(screenX: number, screenY: number, factor: number): void;
  set(x: number, y: number, zoom: number): void;
  subscribe(listener: () => void): () => void;
}

/** Ink on our own screen. */
export interface InkPort {
  extend(points: readonly InkPoint[]): void;
  /** The stroke is an element now; the ink stays until that is painted. */
  end(): void;
  /** The stroke was given up. */
  cancel(): void;
}

/** What lies over the board, in screen pixels. */
export type OverlayShape =
  | {
      readonly kind: "outline";
      readonly points: readonly Vec[];
      readonly faint?: boolean;
      readonly dashed?: boolean;
    }
  | { readonly kind: "marquee"; readonly box: Box }
  | { readonly kind: "stem"; readonly from: Vec; readonly to: Vec }
  | { readonly kind: "swatch"; readonly at: Vec; readonly colour: string }
  | { readonly kind: "guide"; readonly from: Vec; readonly to: Vec; readonly gap?: true }
  | {
      readonly kind: "handle";
      readonly at: Vec;
      readonly shape: "square" | "circle" | "hint";
      readonly angle?: number;
    };

export interface StagePort {
  readonly camera: CameraPort;
  readonly size: { readonly width: number; readonly height: number };
  /** `simulated`: the pointer tells no pressure. */
  startInk(element: Freedraw, simulated: boolean): InkPort;
  /** Begins a laser trail on our own screen; what is returned adds points of the world to it. */
  startLaser(): (points: readonly Vec[]) => void;
  setDrafts(elements: readonly Element[]): void;
  setMoves(places: ReadonlyMap<string, Place> | null): void;
  setFaded(ids: ReadonlySet<string>): void;
  setHidden(ids: ReadonlySet<string>): void;
  setOverlay(shapes: readonly OverlayShape[]): void;
}

export interface IndexPort {
  search(box: Box): Iterable<Element>;
  /** The box of everything; empty for an empty board. */
  bounds(): Box;
}

export interface TextBox {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** What is known about each type of element. */
export interface ElementsPort {
  boundsOf(element: Element): Box;
  hits(element: Element, x: number, y: number, tolerance: number): boolean;
  touchesBox(element: Element, box: Box): boolean;
  measureText(
    text: string,
    font: Font,
    fontSize: number,
    lineHeight: number,
    maxWidth?: number,
  ): TextBox;
}

export type LivePort = (patch: LiveState) => void;

/** Time in ms, and a later call that can be taken back. */
export interface ClockPort {
  now(): number;
  later(ms: number, run: () => void): () => void;
}

/** Keeps small strings for the next visit; may forget. */
export interface MemoryPort {
  read(key: string): string | null;
  write(key: string, value: string): void;
}

/** What would otherwise be lost without a word. */
export type EditorNews =
  /** The browser did not let a menu read the clipboard. */
  | { readonly kind: "clipboard-refused" }
  /** A text is longer than an element can hold: so many letters of it were left out. */
  | { readonly kind: "text-cut"; readonly letters: number }
  /** Somebody deleted the element while its text was typed; what was typed can go into a new one. */
  | { readonly kind: "text-orphaned"; readonly type: ElementType; readonly putBack: () => void };

/** What the page and the machine around it do for the editor. */
export interface PlatformPort {
  /** Cmd is the command key, not Ctrl. */
  readonly mac: boolean;
  /** Makes the browser fire a copy or cut event, which works on plain http too. */
  requestClipboard(action: "copy" | "cut"): void;
  /** Asks for the clipboard's text; null where the browser does not give it. */
  readClipboard(): Promise<string | null>;
  toggleDarkMode(): void;
  /** Puts a link to these elements on the clipboard, or without any to what is seen, and says so. */
  copyLink(ids: readonly string[]): void;
  /** Asks for pictures to place in the middle of what is seen. */
  choosePictures(): void;
  /** Puts a picture of these elements on the clipboard, or without any of the whole board, and says so. */
  copyPicture(format: "png" | "svg", ids: readonly string[]): void;
  /** Another program's elements as our own clipboard text; null if they cannot be read, which is said. */
  convert(text: string): Promise<string | null>;
  /** A link without the key, if it leads to this very board. */
  withoutOwnKey(link: string): string;
  tell(news: EditorNews): void;
}

/** The others on the board. */
export interface CompanyPort {
  /** The view goes where somebody else looks. */
  isFollowing(): boolean;
  stopFollowing(): void;
  isAlone(): boolean;
  /** Asks everybody to follow. */
  callEveryone(): void;
}

export interface EditorPorts {
  readonly replica: ReplicaPort;
  readonly stage: StagePort;
  readonly index: IndexPort;
  readonly elements: ElementsPort;
  readonly live: LivePort;
  readonly clock: ClockPort;
  readonly random: Random;
  readonly memory: MemoryPort;
  readonly platform: PlatformPort;
  readonly company: CompanyPort;
  readonly tools: Readonly<Record<ToolName, ToolDefinition>>;
  readonly commands: CommandSet;
}
