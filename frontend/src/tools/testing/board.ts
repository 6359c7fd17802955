import type { ChangeSet } from "../../document/change_set";
import { BoardDocument } from "../../document/document";
import { resolve } from "../../document/wire_element";
import { Editor } from "../../editor/editor";
import { Input } from "../../editor/input";
import type { PointerLike } from "../../editor/pointer_input";
import type {
  Cause,
  EditorNews,
  ElementsPort,
  OverlayShape,
  ReplicaPort,
  StagePort,
} from "../../editor/ports";
import { boundsOfAll } from "../../editor/selection_box";
import type { CommandSet } from "../../editor/tool";
import { boundsOf, hits, touchesBox } from "../../elements/registry";
import { BOX_TYPES } from "../../elements/sketch/options";
import type {
  Element,
  ElementType,
  Freedraw,
  LiveState,
  Op,
  Place,
  WireElement,
} from "../../generated/protocol";
import { type Box, inflate, intersects } from "../../geometry/box";
import type { Vec } from "../../geometry/place";
import type { InkPoint } from "../../geometry/points";
import { TOOLS } from "../registry";
import { FakeClock } from "./clock";

type Listener = Parameters<ReplicaPort["subscribe"]>[0];

/** A document that several people could edit, without any network between. */
export class FakeReplica implements ReplicaPort {
  readonly document = new BoardDocument();
  readonly edits: { readonly ops: readonly Op[]; readonly gesture: string }[] = [];
  readonly #listeners = new Set<Listener>();

  get size(): number {
    return this.document.size;
  }

  get title(): string {
    return this.document.title;
  }

  get(id: string): Element | undefined {
    return this.document.get(id);
  }

  elements(): Iterable<Element> {
    return this.document.elements();
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  edit(ops: readonly Op[], gesture: string): void {
    this.edits.push({ ops, gesture });
    this.#apply(ops, "own");
  }

  /** Somebody else's commit. */
  arrive(...ops: Op[]): void {
    this.#apply(ops, "remote");
  }

  #apply(ops: readonly Op[], cause: Cause): void {
    const changes: ChangeSet = this.document.apply(ops);
    for (const listener of this.#listeners) listener(changes, cause);
  }
}

export class FakeStage implements StagePort {
  readonly camera = {
    x: 0,
    y: 0,
    zoom: 1,
    panBy(dx: number, dy: number) {
      this.x -= dx / this.zoom;
      this.y -= dy / this.zoom;
    },
    zoomAt(screenX: number, screenY: number, factor: number) {
      const worldX = this.x + screenX / this.zoom;
      const worldY = this.y + screenY / this.zoom;
      this.zoom *= factor;
      this.x = worldX - screenX / this.zoom;
      this.y = worldY - screenY / this.zoom;
    },
    set(x: number, y: number, zoom: number) {
      Object.assign(this, { x, y, zoom });
    },
    subscribe: () => () => {},
  };
  readonly size = { width: 1000, height: 800 };
  drafts: readonly Element[] = [];
  moves: ReadonlyMap<string, Place> | null = null;
  faded: ReadonlySet<string> = new Set();
  hidden: ReadonlySet<string> = new Set();
  overlay: readonly OverlayShape[] = [];
  readonly lasers: Vec[][] = [];
  readonly inks: { element: Freedraw; points: InkPoint[]; state: string }[] = [];

  startInk(element: Freedraw) {
    const ink = { element, points: [] as InkPoint[], state: "wet" };
    this.inks.push(ink);
    return {
      extend: (points: readonly InkPoint[]) => ink.points.push(...points),
      end: () => {
        ink.state = "ended";
      },
      cancel: () => {
        ink.state = "cancelled";
      },
    };
  }
  startLaser() {
    const trail: Vec[] = [];
    this.lasers.push(trail);
    return (points: readonly Vec[]) => void trail.push(...points);
  }
  setDrafts(elements: readonly Element[]) {
    this.drafts = elements;
  }
  setMoves(places: ReadonlyMap<string, Place> | null) {
    this.moves = places;
  }
  setFaded(ids: ReadonlySet<string>) {
    this.faded = ids;
  }
  setHidden(ids: ReadonlySet<string>) {
    this.hidden = ids;
  }
  setOverlay(shapes: readonly OverlayShape[]) {
    this.overlay = shapes;
  }
}

/** The real elements, but for letters, which are half as wide as they are high: no fonts are at hand. */
const ELEMENTS: ElementsPort = {
  boundsOf,
  hits,
  touchesBox,
  measureText: (text, _font, fontSize, lineHeight, maxWidth) => {
    const letter = fontSize / 2;
    const longest = Math.max(...text.split("\n").map((line) => line.length)) * letter;
    const width = maxWidth ?? longest;
    const wrapped = maxWidth === undefined ? 1 : Math.max(1, Math.ceil(longest / maxWidth));
    const lines = text.split("\n");
    return { lines, width, height: lines.length * wrapped * fontSize * lineHeight };
  },
};

const NO_COMMANDS: CommandSet = { get: () => undefined, forChord: () => undefined };

export interface Held {
  readonly shift?: boolean;
  readonly alt?: boolean;
  readonly ctrl?: boolean;
  readonly kind?: "mouse" | "pen" | "touch";
  readonly id?: number;
  readonly pressure?: number;
  readonly button?: number;
}

/** An editor on a board of its own, with hands: every coordinate is both world and screen until one zooms. */
export class TestBoard {
  readonly replica = new FakeReplica();
  readonly stage = new FakeStage();
  readonly clock = new FakeClock();
  readonly live: LiveState[] = [];
  readonly memory = new Map<string, string>();
  readonly asked: string[] = [];
  readonly news: EditorNews[] = [];
  following = false;
  /** What the server makes of another program's clipboard. */
  converted: string | null = null;
  alone = true;
  /** What a menu may read; null where the browser says no. */
  clipboardText: string | null = null;
  readonly editor: Editor;
  readonly input: Input;
  #at = { x: 0, y: 0 };

  constructor(elements: readonly WireElement[] = [], commands: CommandSet = NO_COMMANDS) {
    this.replica.document.apply(elements.map((element) => ["put", element]));
    let seed = 1;
    this.editor = new Editor({
      replica: this.replica,
      stage: this.stage,
      index: { search: (box) => this.#search(box), bounds: () => boundsOfAll(this.elements) },
      elements: ELEMENTS,
      live: (patch) => this.live.push(patch),
      clock: this.clock,
      random: () => {
        seed = (seed * 16807) % 2147483647;
        return seed / 2147483647;
      },
      memory: {
        read: (key) => this.memory.get(key) ?? null,
        write: (key, value) => this.memory.set(key, value),
      },
      platform: {
        mac: false,
        requestClipboard: (action) => this.asked.push(action),
        readClipboard: async () => this.clipboardText,
        copyLink: (ids) => this.asked.push(`link to ${ids.join(" ")}`),
        copyPicture: (format, ids) => this.asked.push(`${format} of ${ids.join(" ")}`),
        convert: async (text) => {
          this.asked.push(`convert ${text}`);
          return this.converted;
        },
        withoutOwnKey: (link) => link.replace(/#k=.*/, ""),
        toggleDarkMode: () => this.asked.push("dark"),
        choosePictures: () => this.asked.push("pictures"),
        tell: (news) => this.news.push(news),
      },
      company: {
        isFollowing: () => this.following,
        stopFollowing: () => {
          this.following = false;
        },
        isAlone: () => this.alone,
        callEveryone: () => this.asked.push("everyone"),
      },
      tools: TOOLS,
      commands,
    });
    this.input = new Input(this.editor, () => ({ left: 0, top: 0 }));
  }

  get elements(): Element[] {
    return [...this.replica.elements()];
  }

  /** The board's only element. */
  get only(): Element {
    const { elements } = this;
    if (elements.length !== 1 || elements[0] === undefined) {
      throw new Error(`${elements.length} elements on the board, not 1`);
    }
    return elements[0];
  }

  get(id: string): Element {
    const element = this.replica.get(id);
    if (element === undefined) throw new Error(`no element "${id}"`);
    return element;
  }

  down(x: number, y: number, held: Held = {}): this {
    this.input.pointerDown(this.#event(x, y, held, 1));
    return this;
  }

  move(x: number, y: number, held: Held = {}): this {
    this.input.pointerMove(this.#event(x, y, held, 1));
    return this;
  }

  up(held: Held = {}): this {
    this.input.pointerUp(this.#event(this.#at.x, this.#at.y, held, 0));
    return this;
  }

  cancel(held: Held = {}): this {
    this.input.pointerCancel(this.#event(this.#at.x, this.#at.y, held, 0));
    return this;
  }

  drag(from: readonly [number, number], to: readonly [number, number], held: Held = {}): this {
    const middle = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as const;
    return this.down(...from, held)
      .move(...middle, held)
      .move(...to, held)
      .up(held);
  }

  click(x: number, y: number, held: Held = {}): this {
    // Far enough from the click before not to be its double.
    this.clock.advance(1000);
    return this.down(x, y, held).up(held);
  }

  doubleClick(x: number, y: number, held: Held = {}): this {
    this.click(x, y, held);
    this.clock.advance(100);
    return this.down(x, y, held).up(held);
  }

  key(key: string, held: Held = {}): boolean {
    return this.input.keyDown(this.#press(key, held));
  }

  release(key: string, held: Held = {}): void {
    this.input.keyUp(this.#press(key, held));
  }

  #press(key: string, held: Held) {
    const letter = /^[a-z]$/i.test(key);
    return {
      key,
      code: letter ? `Key${key.toUpperCase()}` : key,
      shiftKey: held.shift === true,
      altKey: held.alt === true,
      ctrlKey: held.ctrl === true,
      metaKey: false,
    };
  }

  #event(x: number, y: number, held: Held, buttons: number): PointerLike {
    this.#at = { x, y };
    return {
      pointerId: held.id ?? 1,
      pointerType: held.kind ?? "mouse",
      button: held.button ?? 0,
      buttons,
      clientX: x,
      clientY: y,
      pressure: held.pressure ?? 0,
      timeStamp: this.clock.now(),
      shiftKey: held.shift === true,
      altKey: held.alt === true,
      ctrlKey: held.ctrl === true,
      metaKey: false,
    };
  }

  #search(box: Box): Element[] {
    return this.elements.filter((element) => {
      return intersects(inflate(boundsOfAll([element]), 1), box);
    });
  }
}

/** A wire element with what it must have, shapes filled; `place` as [x, y, width, height] or whole. */
export function wire(
  type: ElementType,
  id: string,
  place: readonly number[],
  props: Partial<WireElement> = {},
): WireElement {
  const [x = 0, y = 0, sx = 1, sy = 1, angle = 0] = place;
  const filled = (BOX_TYPES as readonly ElementType[]).includes(type) ? { fill: "#ffffff" } : {};
  return {
    type,
    id,
    place: [x, y, sx, sy, angle],
    z: `a0${id}`,
    ...filled,
    ...props,
  } as WireElement;
}

export function whole(element: WireElement): Element {
  return resolve(element);
}
