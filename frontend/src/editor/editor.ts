import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { ChangeSet } from "../document/change_set";
import { newId } from "../document/new_id";
import { MAX_SELECTION } from "../generated/limits";
import type { Element, Op, Place, Props, TextElement } from "../generated/protocol";
import { centreUnderPlace, type Vec } from "../geometry/place";
import { History } from "../history/history";
import { Attachments } from "./attachments";
import { Clipboard } from "./clipboard";
import { coherent } from "./coherent";
import type { FollowContext } from "./followers";
import { FrameNaming } from "./frame_naming";
import { frameAt, withoutHidden } from "./frames";
import { newGesture } from "./gesture";
import { type Hand, rememberedHand, rememberHand } from "./hand";
import { LaserPointer } from "./laser";
import type { Birth } from "./new_element";
import { OrderEnds } from "./order_ends";
import type { Cause, EditorPorts } from "./ports";
import { type Changes, opsOf, Preview } from "./preview";
import { recurved } from "./recurved";
import { MINIMAP, SNAPS, WHEEL_ZOOMS } from "./remembered";
import { firstOf, isSame, unitOf } from "./selection";
import { SelectionOverlay } from "./selection_overlay";
import { rememberedStyle, rememberStyle, type Style, styleProps } from "./style";
import { TextEditing } from "./text_editing";
import { restyled } from "./text_fitting";
import type { Command, ToolDefinition, ToolName, ToolState } from "./tool";

/** What stands over the board for a moment; one at a time. */
export type PanelName = "help" | "palette" | "find" | "link" | "export";

export interface ContextMenu {
  readonly clientX: number;
  readonly clientY: number;
  readonly about: "canvas" | "selection";
  /** The pointer that is still down when it opens: a finger that presses long. */
  readonly heldBy?: number;
}

/**
 * One person's hands on one board: which tool, what is selected, how the next elements look.
 *
 * It holds state, passes events to the state of the tool at hand, and turns what comes out into edits that
 * can be undone. What a tool does is in `tools/`, what a command does in `commands/`.
 */
export class Editor {
  readonly ports: EditorPorts;
  readonly history: History;
  readonly attachments: Attachments;
  readonly order: OrderEnds;
  readonly preview: Preview;
  readonly overlay: SelectionOverlay;
  readonly text: TextEditing;
  readonly naming: FrameNaming;
  readonly clipboard: Clipboard;
  readonly laser: LaserPointer;
  /** Where the pointer is in the world; null before it was seen. */
  pointer: Vec | null = null;

  readonly style: Signal<Style>;
  readonly hand: Signal<Hand>;
  readonly toolLocked = signal(false);
  readonly menu = signal<ContextMenu | null>(null);
  readonly panel = signal<PanelName | null>(null);
  readonly grid = signal(false);
  /** Whether what moves comes to lie in line with other elements; Ctrl turns it around. */
  readonly snapsToObjects: Signal<boolean>;
  /** The setting that makes the bare wheel zoom. */
  readonly wheelZooms: Signal<boolean>;
  /** The map in the corner. */
  readonly minimap: Signal<boolean>;
  /** Somebody chose to only look, whatever the link allows. */
  readonly viewOnly = signal(false);
  /** Somebody who may only look. */
  readonly readOnly = signal(false);
  /** The group that was entered by a double click, whose members can be selected one by one. */
  readonly entered = signal<string | null>(null);
  readonly #tool = signal<ToolName>("select");
  readonly #selection = signal<ReadonlySet<string>>(new Set());
  readonly #cursor = signal("default");
  #state: ToolState = {};
  #panCursor: string | null = null;
  readonly #stopListening: () => void;

  constructor(ports: EditorPorts) {
    const { replica, stage, live } = ports;
    this.ports = ports;
    this.style = signal(rememberedStyle(ports.memory));
    this.hand = signal(rememberedHand(ports.memory));
    this.snapsToObjects = signal(ports.memory.read(SNAPS) !== "no");
    this.wheelZooms = signal(ports.memory.read(WHEEL_ZOOMS) === "yes");
    this.minimap = signal(ports.memory.read(MINIMAP) === "yes");
    this.history = new History(replica);
    this.attachments = new Attachments(replica);
    this.order = new OrderEnds(replica, ports.random);
    this.preview = new Preview(stage, live, (id) => replica.get(id));
    this.overlay = new SelectionOverlay(this);
    this.text = new TextEditing(this);
    this.naming = new FrameNaming(this);
    this.clipboard = new Clipboard(this);
    this.laser = new LaserPointer(stage, live, ports.clock);
    const stops = [
      replica.subscribe((changes, cause, touched) => this.#changed(changes, cause, touched)),
      stage.camera.subscribe(() => this.overlay.refresh()),
    ];
    this.#stopListening = () => {
      for (const stop of stops) stop();
    };
    this.#start();
  }

  get tool(): ReadonlySignal<ToolName> {
    return this.#tool;
  }

  get selection(): ReadonlySignal<ReadonlySet<string>> {
    return this.#selection;
  }

  get cursor(): ReadonlySignal<string> {
    return this.#cursor;
  }

  get canUndo(): ReadonlySignal<boolean> {
    return this.history.canUndo;
  }

  get canRedo(): ReadonlySignal<boolean> {
    return this.history.canRedo;
  }

  /** The state of the tool at hand. */
  get state(): ToolState {
    return this.#state;
  }

  get zoom(): number {
    return this.ports.stage.camera.zoom;
  }

  dispose(): void {
    this.#state.cancel?.();
    this.#state.leave?.();
    this.#state = {};
    this.#stopListening();
  }

  // --- elements -------------------------------------------------------------------------------

  get(id: string): Element | undefined {
    return this.ports.replica.get(id);
  }

  selected(): Element[] {
    return this.existing(this.#selection.value);
  }

  /** What of the selection may be changed: locked elements can only be unlocked. */
  unlocked(): Element[] {
    return this.selected().filter(({ locked }) => !locked);
  }

  existing(ids: Iterable<string>): Element[] {
    const found: Element[] = [];
    for (const id of ids) {
      const element = this.get(id);
      if (element !== undefined) found.push(element);
    }
    return found;
  }

  /** What is selected with an element: its group, or the container whose text it is. */
  unitOf(element: Element, entered = this.entered.value): Set<string> {
    const holder = this.holderOf(element);
    return unitOf(holder, entered, (group) => this.attachments.membersOf(group));
  }

  /** What is meant by an element: a label is part of what it stands in. */
  holderOf(element: Element): Element {
    return (element.type === "text" ? this.get(element.container) : undefined) ?? element;
  }

  /** What `withFollowers` looks around with. */
  get following(): FollowContext {
    const { attachments, ports } = this;
    return { attachments, elements: ports.elements, get: (id) => this.get(id) };
  }

  // --- edits ----------------------------------------------------------------------------------

  newGesture(): string {
    return newGesture(this.ports.random);
  }

  newId(): string {
    return newId(this.ports.random);
  }

  /** What a new element of the style at hand is made of, on top of all others. */
  birth(place: Place): Birth {
    const [z = ""] = this.order.above();
    const { random } = this.ports;
    const frame = frameAt(this.attachments.frames(), centreUnderPlace(place))?.id ?? "";
    return { id: this.newId(), z, place, frame, style: this.style.value, random };
  }

  /** The only way to change the board: shown at once, undone as one step with all edits of its gesture. */
  edit(ops: readonly Op[], gesture = this.newGesture()): void {
    if (ops.length === 0 || this.readOnly.value) return;
    this.history.edit(ops, gesture);
  }

  change(changes: Changes, gesture?: string): void {
    const seen = withoutHidden(changes, this.following);
    this.edit(opsOf(coherent(seen, (id) => this.ports.replica.get(id))), gesture);
  }

  undo(): void {
    this.#travel(() => this.history.undo(`undo-${this.newGesture()}`));
  }

  redo(): void {
    this.#travel(() => this.history.redo(`redo-${this.newGesture()}`));
  }

  // --- selection ------------------------------------------------------------------------------

  select(ids: Iterable<string>): void {
    const next = new Set(ids);
    const { value } = this.#selection;
    if (isSame(next, value)) return;
    this.#selection.value = next;
    this.ports.live({ selection: firstOf(next, MAX_SELECTION) });
    this.overlay.refresh();
  }

  // --- panels ---------------------------------------------------------------------------------

  /** Opens a panel, or closes it if it is the one that is open. */
  togglePanel(name: PanelName): void {
    this.text.commit();
    this.panel.value = this.panel.value === name ? null : name;
  }

  /** Closes a panel, unless another has taken its place. */
  closePanel(name: PanelName): void {
    if (this.panel.value === name) this.panel.value = null;
  }

  // --- tools ----------------------------------------------------------------------------------

  setTool(name: ToolName): void {
    const { tools } = this.ports;
    if (this.readOnly.value && !tools[name].harmless) return;
    if (this.#tool.value === name) return;
    this.endTyping();
    this.#state.cancel?.();
    this.#state.leave?.();
    batch(() => {
      this.#tool.value = name;
      this.toolLocked.value = false;
      if (name !== "select" && name !== "hand") this.select([]);
    });
    this.ports.live({ tool: name });
    this.#start();
  }

  /** What is being typed goes to the board. */
  endTyping(): void {
    this.text.commit();
    this.naming.commit();
  }

  /** Another state of the same tool. */
  enter(state: ToolState): void {
    this.#state.leave?.();
    this.#state = state;
    this.showCursor();
    state.enter?.();
  }

  /** A tool has made what it makes; what it made is selected if Select comes back. */
  made(ids: readonly string[]): void {
    const tool = this.#definition();
    if (tool.once && !this.toolLocked.value) this.setTool("select");
    else if (tool.name !== "select") this.restart();
    if (this.#tool.value === "select") this.select(ids);
  }

  /** The tool's first state again. */
  restart(): void {
    this.enter(this.#definition().start(this));
  }

  showCursor(): void {
    this.#cursor.value = this.#panCursor ?? this.#state.cursor ?? this.#definition().cursor;
  }

  /** A cursor above the tool's own while the board is panned or about to be. */
  overrideCursor(cursor: string | null): void {
    this.#panCursor = cursor;
    this.showCursor();
  }

  // --- style ----------------------------------------------------------------------------------

  /** The next elements look like this, and so do those selected. */
  setStyle(patch: Partial<Style>): void {
    this.style.value = { ...this.style.value, ...patch };
    rememberStyle(this.ports.memory, this.style.value);
    const propsOf = (element: Element) => this.#restyledAs(element, patch);
    this.change(restyled(this.#styled(), propsOf, this.following));
    this.text.styled(patch);
  }

  /** The labels of elements: they share the looks of what they stand in. */
  labelsOf(elements: readonly Element[]): TextElement[] {
    return elements.flatMap(({ id }) => this.attachments.labelOf(id) ?? []);
  }

  /** What a choice of style changes: the text that is being typed, or what is selected with its labels. */
  #styled(): Element[] {
    const edited = this.text.edited.value;
    if (edited !== null) return this.existing([edited.element.id]);
    const ids = new Set(this.unlocked().map(({ id }) => id));
    for (const { id } of this.labelsOf(this.unlocked())) ids.add(id);
    return this.existing(ids);
  }

  setHand(patch: Partial<Hand>): void {
    this.hand.value = { ...this.hand.value, ...patch };
    rememberHand(this.ports.memory, this.hand.value);
  }

  #restyledAs(element: Element, patch: Partial<Style>): Props {
    const props = styleProps(element, patch);
    return { ...props, ...recurved(element, props.curve, (id) => this.get(id)) };
  }

  // --- commands -------------------------------------------------------------------------------

  run(id: string): void {
    const command = this.ports.commands.get(id);
    if (command === undefined) throw new Error(`no command "${id}"`);
    if (this.mayRun(command)) void command.run(this);
  }

  mayRun(command: Command): boolean {
    return (!this.readOnly.value || command.harmless === true) && command.enabled(this);
  }

  #definition(): ToolDefinition {
    return this.ports.tools[this.#tool.value];
  }

  #start(): void {
    this.#state = this.#definition().start(this);
    this.showCursor();
    this.#state.enter?.();
  }

  #travel(step: () => readonly string[]): void {
    if (this.readOnly.value) return;
    this.endTyping();
    this.#state.cancel?.();
    const touched = step();
    const back = this.existing(touched).filter(({ locked }) => !locked);
    if (this.#tool.value === "select" && touched.length > 0) this.select(back.map(({ id }) => id));
  }

  #changed(
    changes: ChangeSet,
    cause: Cause,
    touched?: ReadonlyMap<string, ReadonlySet<string>>,
  ): void {
    this.attachments.apply(changes);
    this.order.apply(changes);
    if (cause === "refused") this.history.rolledBack(changes);
    else if (cause !== "own") this.history.noticed(changes, touched);
    // Later: nobody changes the board while it tells of a change.
    if (cause === "remote") queueMicrotask(() => this.text.joinLabels(changes.added));
    const { value } = this.#selection;
    if (value.size === 0) return;
    if (changes.removed.some(({ id }) => value.has(id))) {
      const gone = new Set(changes.removed.map(({ id }) => id));
      this.select([...value].filter((id) => !gone.has(id)));
    } else if (changes.updated.some(({ after }) => value.has(after.id))) this.overlay.refresh();
  }
}
