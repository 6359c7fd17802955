import { chordOf, type KeyPress } from "./chord";
import type { Editor } from "./editor";
import {
  isEraserEnd,
  type PointerInput,
  type PointerKind,
  type PointerLike,
  pointerInput,
} from "./pointer_input";
import { type PointerSink, Pointers } from "./pointers";
import type { Command, ToolName } from "./tool";
import { elementAt } from "./under_pointer";
import { meaningOf, type WheelLike } from "./wheel";

/** Where the drawing surface is on the page, in CSS pixels. */
export type SurfaceOrigin = () => { readonly left: number; readonly top: number };

const DOUBLE_CLICK_MS = 400;
const DOUBLE_CLICK_PX = 6;
const MODIFIERS: ReadonlySet<string> = new Set(["Shift", "Alt", "Control", "Meta"]);

/** Turns the events of the page into what the state of the tool at hand understands. */
export class Input implements PointerSink {
  readonly pointers: Pointers;
  readonly #editor: Editor;
  readonly #origin: SurfaceOrigin;
  #last: PointerInput | null = null;
  #lastClick = { time: -Infinity, x: 0, y: 0, clicks: 0 };
  /** The tool that was at hand before the pen was turned around. */
  #turned: ToolName | null = null;

  constructor(editor: Editor, origin: SurfaceOrigin) {
    this.#editor = editor;
    this.#origin = origin;
    this.pointers = new Pointers(this, editor.ports.clock);
  }

  /** Where the pointer was last seen over the board; null before it was. */
  get last(): PointerInput | null {
    return this.#last;
  }

  pointerDown(event: PointerLike): void {
    this.#editor.menu.value = null;
    this.pointers.down(event);
  }

  pointerMove(event: PointerLike): void {
    this.pointers.move(event);
  }

  pointerUp(event: PointerLike): void {
    this.pointers.up(event);
  }

  pointerCancel(event: PointerLike): void {
    this.pointers.cancel(event);
  }

  pointerLeave(): void {
    this.#editor.pointer = null;
  }

  wheel(event: WheelLike): void {
    const meaning = meaningOf(event, this.#editor.wheelZooms.value);
    if (meaning.kind === "pan") this.pan(meaning.dx, meaning.dy);
    else this.zoom(event.clientX, event.clientY, meaning.factor);
  }

  /** `true` if the key meant something here and the browser shall not act on it. */
  keyDown(event: KeyPress): boolean {
    const editor = this.#editor;
    const { mac } = editor.ports.platform;
    if (MODIFIERS.has(event.key)) return this.#held(event, true);
    const chord = chordOf(event, mac);
    if (editor.text.edited.value !== null) return editor.text.key(chord);
    if (chord === "Space") {
      this.pointers.space = true;
      if (!this.pointers.active) editor.overrideCursor("grab");
      return true;
    }
    if (editor.state.key?.(chord) === true) return true;
    if (editor.state.busy === true) {
      if (chord === "Escape") editor.state.cancel?.();
      return chord === "Escape" || chord === "Tab";
    }
    const command = editor.ports.commands.forChord(chord, editor.selection.value.size > 0);
    if (command === undefined) return false;
    if (command.passes === true && !editor.mayRun(command)) return false;
    if (command.native === true) {
      editor.clipboard.plain = command.id === "paste-plain";
      return false;
    }
    this.#run(command);
    return true;
  }

  keyUp(event: KeyPress): void {
    if (MODIFIERS.has(event.key)) this.#held(event, false);
    if (event.key !== " ") return;
    this.pointers.space = false;
    if (!this.pointers.active) this.#editor.overrideCursor(null);
  }

  /** The window lost the keyboard: no key is held any more. */
  blur(): void {
    this.pointers.space = false;
    this.pointers.drop();
    this.#editor.overrideCursor(null);
  }

  // --- what the pointers add up to --------------------------------------------------------------

  begin(event: PointerLike, eraser: boolean): void {
    const editor = this.#editor;
    // A press beside the text that is being typed ends it, and does what a press does.
    editor.endTyping();
    if (eraser && !editor.readOnly.value && editor.tool.value !== "eraser") {
      this.#turned = editor.tool.value;
      editor.setTool("eraser");
    }
    const at = this.#input(event, this.#countClicks(event));
    editor.state.pointerDown?.(at);
    this.#told(at);
  }

  move(event: PointerLike): void {
    const at = this.#input(event, 1);
    this.#editor.state.pointerMove?.(at);
    this.#told(at);
  }

  end(event: PointerLike): void {
    const at = this.#input(event, this.#lastClick.clicks);
    this.#editor.state.pointerUp?.(at);
    this.#told(at);
    this.#turnBack(event);
  }

  abort(): void {
    this.#editor.state.cancel?.();
    this.#turnBack(null);
  }

  hover(event: PointerLike): void {
    this.move(event);
  }

  pan(dx: number, dy: number): void {
    this.#editor.ports.stage.camera.panBy(dx, dy);
  }

  panning(active: boolean): void {
    this.#editor.overrideCursor(active ? "grabbing" : this.pointers.space ? "grab" : null);
  }

  zoom(clientX: number, clientY: number, factor: number): void {
    const { left, top } = this.#origin();
    this.#editor.ports.stage.camera.zoomAt(clientX - left, clientY - top, factor);
  }

  menu(event: PointerLike, held = false): void {
    const editor = this.#editor;
    const at = this.#input(event, 1);
    // A locked element can be reached this way only, to be unlocked.
    const element = elementAt(editor, at, at.kind) ?? elementAt(editor, at, at.kind, true);
    if (element !== undefined && !editor.selection.value.has(element.id)) {
      if (editor.tool.value !== "select") editor.setTool("select");
      editor.select(editor.unitOf(element));
    } else if (element === undefined) editor.select([]);
    const { clientX, clientY } = event;
    const about = element === undefined ? "canvas" : "selection";
    const holder = held ? { heldBy: event.pointerId } : {};
    editor.menu.value = { clientX, clientY, about, ...holder };
  }

  twoFingerTap(): void {
    this.#editor.undo();
  }

  threeFingerTap(): void {
    this.#editor.redo();
  }

  longPress(event: PointerLike): boolean {
    const { tool, state } = this.#editor;
    // Once a pen draws, a finger that rests is not in the middle of a stroke, whatever the tool.
    const isDrawing = tool.value !== "select" && tool.value !== "hand" && !this.pointers.penSeen;
    if (isDrawing) return false;
    state.cancel?.();
    this.menu(event, true);
    return true;
  }

  #input(event: PointerLike, clicks: number): PointerInput {
    const { stage, platform } = this.#editor.ports;
    const { left, top } = this.#origin();
    return pointerInput(event, { camera: stage.camera, left, top, mac: platform.mac }, clicks);
  }

  #told(at: PointerInput): void {
    this.#last = at;
    this.#editor.pointer = { x: at.x, y: at.y };
    this.#editor.ports.live({ cursor: [at.x, at.y] });
  }

  #countClicks(event: PointerLike): number {
    const { clientX: x, clientY: y, timeStamp: time } = event;
    const last = this.#lastClick;
    const again =
      time - last.time <= DOUBLE_CLICK_MS &&
      Math.hypot(x - last.x, y - last.y) <= DOUBLE_CLICK_PX * reachOf(event);
    this.#lastClick = { time, x, y, clicks: again ? last.clicks + 1 : 1 };
    return this.#lastClick.clicks;
  }

  #held(event: KeyPress, down: boolean): boolean {
    const last = this.#last;
    const { state } = this.#editor;
    if (last === null || state.busy !== true) return false;
    const held = (key: string, before: boolean) => (event.key === key ? down : before);
    const main = this.#editor.ports.platform.mac ? "Meta" : "Control";
    const at: PointerInput = {
      ...last,
      samples: [],
      shift: held("Shift", last.shift),
      alt: held("Alt", last.alt),
      ctrl: held(main, last.ctrl),
    };
    this.#last = at;
    state.pointerMove?.(at);
    return event.key === "Alt";
  }

  #run(command: Command): void {
    if (this.#editor.mayRun(command)) void command.run(this.#editor);
  }

  #turnBack(event: PointerLike | null): void {
    if (this.#turned === null) return;
    if (event !== null && isEraserEnd(event) && event.buttons !== 0) return;
    const tool = this.#turned;
    this.#turned = null;
    this.#editor.setTool(tool);
  }
}

function reachOf(event: PointerLike): number {
  const kind = event.pointerType as PointerKind;
  return kind === "touch" ? 4 : 1;
}
