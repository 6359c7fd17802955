import type { Editor } from "./editor";
import type { BoxType } from "./new_element";
import type { PointerInput } from "./pointer_input";

/** Each shape has a tool of its own name. */
export type ToolName =
  | "select"
  | "hand"
  | "pen"
  | "highlighter"
  | "eraser"
  | BoxType
  | "line"
  | "arrow"
  | "text"
  | "note"
  | "frame"
  | "image"
  | "laser";

/**
 * One state of a tool. What a gesture has to remember are fields of the state; `leave` cleans up, however the
 * state ends.
 */
export interface ToolState {
  /** The CSS cursor while in it; the tool's own if it has none. */
  readonly cursor?: string;
  /** A gesture is under way: keys and other pointers wait until it ends. */
  readonly busy?: boolean;
  enter?(): void;
  leave?(): void;
  pointerDown?(at: PointerInput): void;
  /** Also called with a new `shift`, `alt` or `ctrl` when only a key changed. */
  pointerMove?(at: PointerInput): void;
  pointerUp?(at: PointerInput): void;
  /** A key that the state wants before any command; `true` if it took it. */
  key?(chord: string): boolean;
  /** Esc, a second finger, a lost pointer: nothing of the gesture stays. */
  cancel?(): void;
}

export interface ToolDefinition {
  readonly name: ToolName;
  /** Chords that choose it, as `chordOf` names them. */
  readonly keys: readonly string[];
  readonly cursor: string;
  /** Select comes back after one use, unless the tool is locked. */
  readonly once: boolean;
  /** Works for somebody who may only look. */
  readonly harmless: boolean;
  start(editor: Editor): ToolState;
}

export interface Command {
  /** Stable, for people's own keys later; also the way to `editor.run`. */
  readonly id: string;
  /** The key of its label in `i18n`. */
  readonly name: string;
  readonly keys: readonly string[];
  /** Claims its keys only while something, or nothing, is selected. */
  readonly when?: "selected" | "nothing-selected";
  /** The browser's own event does it (copy, cut, paste): the key press must go through. */
  readonly native?: boolean;
  /** Works for somebody who may only look. */
  readonly harmless?: boolean;
  /** Its keys are the page's when it is not enabled. */
  readonly passes?: boolean;
  enabled(editor: Editor): boolean;
  run(editor: Editor): void | Promise<void>;
}

export interface CommandSet {
  get(id: string): Command | undefined;
  forChord(chord: string, selected: boolean): Command | undefined;
}
