import { resolve } from "../document/wire_element";
import type {
  Availability,
  Element,
  Laser,
  LiveState,
  PeerLive,
  Place,
  Role,
} from "../generated/protocol";

/** A stroke that somebody else is drawing: `bytes` are the beginning of the points it will have. */
export interface RemoteInk {
  readonly element: Element;
  readonly bytes: Uint8Array;
}

/** One connection of somebody else, and what they do right now. Immutable: a change makes a new one. */
export interface PeerView {
  readonly peer: string;
  readonly person: string;
  readonly name: string;
  readonly color: string;
  readonly role: Role;
  readonly cursor: readonly [number, number] | null;
  readonly selection: readonly string[];
  readonly viewport: readonly [number, number, number, number] | null;
  readonly tool: string | null;
  readonly inks: ReadonlyMap<string, RemoteInk>;
  readonly drafts: readonly Element[];
  readonly moves: ReadonlyMap<string, Place>;
  readonly laser: Laser | null;
  /** When this peer called everybody to follow, in Unix ms; 0: no call. */
  readonly spotlight: number;
  /** The person whose viewport this peer's follows, or empty. */
  readonly following: string;
  readonly availability: Availability;
  /** Grows with every use of that page, over all peers: the largest is the one used last. */
  readonly used: number;
}

/** Bytes that grow at their end; `view` is all of them so far. */
interface Growing {
  buffer: Uint8Array;
  length: number;
}

/** Who else is here, put together from what the live lane says. */
export class Peers {
  readonly #views = new Map<string, PeerView>();
  readonly #ink = new Map<string, Growing>();
  readonly #exists: (id: string) => boolean;
  #uses = 0;

  /** `exists`: whether the board has an element with that id, so that its ink is over. */
  constructor(exists: (id: string) => boolean) {
    this.#exists = exists;
  }

  get views(): ReadonlyMap<string, PeerView> {
    return this.#views;
  }

  clear(): void {
    this.#views.clear();
    this.#ink.clear();
  }

  /** Returns whether anything changed. */
  apply(live: readonly PeerLive[], left: readonly string[], self: string): boolean {
    let changed = false;
    for (const [peer, who, state] of live) {
      if (peer === self) continue;
      const before = this.#views.get(peer);
      // Who it is comes with the first word; without it there is nobody to show.
      if (before === undefined && who === null) continue;
      const [person, name, color, role] = who ?? [
        before?.person ?? "",
        before?.name ?? "",
        before?.color ?? "",
        before?.role ?? "viewer",
      ];
      const view = { ...(before ?? NOBODY), peer, person, name, color, role };
      this.#views.set(peer, { ...view, ...this.#states(view, state) });
      changed = true;
    }
    for (const peer of left) {
      const view = this.#views.get(peer);
      if (view === undefined) continue;
      for (const id of view.inks.keys()) this.#ink.delete(keyOf(peer, id));
      this.#views.delete(peer);
      changed = true;
    }
    return changed;
  }

  /** These elements exist now: strokes with their ids are drawn, not being drawn. Returns whether any was. */
  committed(ids: Iterable<string>): boolean {
    let changed = false;
    for (const id of ids) {
      for (const view of this.#views.values()) {
        if (!view.inks.has(id)) continue;
        const inks = new Map(view.inks);
        inks.delete(id);
        this.#ink.delete(keyOf(view.peer, id));
        this.#views.set(view.peer, { ...view, inks });
        changed = true;
      }
    }
    return changed;
  }

  #states(view: PeerView, state: LiveState): Partial<PeerView> {
    return {
      cursor: state.cursor ?? view.cursor,
      selection: state.selection ?? view.selection,
      viewport: state.viewport ?? view.viewport,
      tool: state.tool ?? view.tool,
      inks: this.#inks(view, state),
      drafts: state.drafts?.map(resolve) ?? view.drafts,
      moves: state.moves ? new Map(state.moves) : view.moves,
      laser: state.laser ?? view.laser,
      spotlight: state.spotlight ?? view.spotlight,
      following: state.following ?? view.following,
      availability: state.availability ?? view.availability,
      used: isUse(state, view) ? ++this.#uses : view.used,
    };
  }

  #inks(view: PeerView, { ink = [], ended = [] }: LiveState): ReadonlyMap<string, RemoteInk> {
    if (ink.length === 0 && ended.length === 0) return view.inks;
    const inks = new Map(view.inks);
    for (const { id, offset, data, element } of ink) {
      if (this.#exists(id)) continue;
      const key = keyOf(view.peer, id);
      if (offset === 0 && element) {
        this.#ink.set(key, { buffer: new Uint8Array(1024), length: 0 });
        inks.set(id, { element: resolve({ ...element, points: NO_POINTS }), bytes: NO_POINTS });
      }
      const growing = this.#ink.get(key);
      const known = inks.get(id);
      // After a gap nothing fits until the stroke comes again from its first byte.
      if (growing === undefined || known === undefined || offset > growing.length) continue;
      append(growing, data, offset);
      inks.set(id, { ...known, bytes: growing.buffer.subarray(0, growing.length) });
    }
    for (const id of ended) {
      this.#ink.delete(keyOf(view.peer, id));
      inks.delete(id);
    }
    return inks;
  }
}

const NO_POINTS = new Uint8Array(0);

const NOBODY: PeerView = {
  peer: "",
  person: "",
  name: "",
  color: "",
  role: "viewer",
  cursor: null,
  selection: [],
  viewport: null,
  tool: null,
  inks: new Map(),
  drafts: [],
  moves: new Map(),
  laser: null,
  spotlight: 0,
  following: "",
  availability: "active",
  used: 0,
};

/** Whether somebody's hand is behind it: a page also says where it looks while it follows another. */
function isUse(state: LiveState, { following }: PeerView): boolean {
  const { cursor, selection, viewport, tool, ink = [], drafts, moves, laser } = state;
  const looks = viewport && (state.following ?? following) === "";
  return (
    Boolean(cursor ?? selection ?? tool ?? drafts ?? moves ?? laser ?? looks) || ink.length > 0
  );
}

function keyOf(peer: string, id: string): string {
  return `${peer} ${id}`;
}

function append(growing: Growing, data: Uint8Array, offset: number): void {
  const end = offset + data.length;
  if (end <= growing.length) return;
  if (end > growing.buffer.length) {
    const larger = new Uint8Array(2 * end);
    larger.set(growing.buffer.subarray(0, growing.length));
    growing.buffer = larger;
  }
  growing.buffer.set(data, offset);
  growing.length = end;
}
