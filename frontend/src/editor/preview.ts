import { toWire } from "../document/wire_element";
import { MAX_DRAFTS, MAX_MOVES } from "../generated/limits";
import type { Element, Op, Place, Props } from "../generated/protocol";
import type { LivePort, StagePort } from "./ports";

export type Changes = ReadonlyMap<string, Props>;

/** What does not show by itself: an element that changes only these and its place is the same picture, moved. */
const UNSEEN: ReadonlySet<string> = new Set(["place", "start", "end", "groups", "frame"]);

/**
 * How elements will be when the gesture ends, shown here and to others while it lasts.
 *
 * What only moves goes out as places; what changes its geometry as drafts that stand in for the originals.
 */
export class Preview {
  readonly #stage: StagePort;
  readonly #live: LivePort;
  readonly #get: (id: string) => Element | undefined;
  #elements: ReadonlyMap<string, Element> = new Map();
  #drafting = false;

  constructor(stage: StagePort, live: LivePort, get: (id: string) => Element | undefined) {
    this.#stage = stage;
    this.#live = live;
    this.#get = get;
  }

  /** The element as the gesture leaves it right now. */
  seen(id: string): Element | undefined {
    return this.#elements.get(id) ?? this.#get(id);
  }

  show(changes: Changes): void {
    const elements = new Map<string, Element>();
    const moves = new Map<string, Place>();
    const drafts: Element[] = [];
    for (const [id, props] of changes) {
      const before = this.#get(id);
      if (before === undefined) continue;
      const after = { ...before, ...props } as Element;
      elements.set(id, after);
      if (Object.keys(props).every((name) => UNSEEN.has(name))) moves.set(id, after.place);
      else drafts.push(after);
    }
    this.#elements = elements;
    this.#stage.setMoves(moves.size === 0 ? null : moves);
    this.#draft(drafts);
    this.#live({ moves: [...moves].slice(0, MAX_MOVES) });
  }

  /** The same changes made to copies: the originals stay where they are. */
  showCopies(changes: Changes): void {
    const copies = new Map<string, Element>();
    for (const [id, props] of changes) {
      const original = this.#get(id);
      if (original !== undefined) copies.set(id, { ...original, ...props } as Element);
    }
    this.#elements = copies;
    this.#stage.setMoves(null);
    this.#draft([]);
    this.#drafting = true;
    this.#stage.setDrafts([...copies.values()]);
    this.#live({ moves: [] });
  }

  clear(): void {
    if (this.#elements.size === 0) return;
    this.#elements = new Map();
    this.#stage.setMoves(null);
    this.#draft([]);
    this.#live({ moves: [] });
  }

  #draft(drafts: readonly Element[]): void {
    if (drafts.length === 0 && !this.#drafting) return;
    this.#drafting = drafts.length > 0;
    this.#stage.setHidden(new Set(drafts.map(({ id }) => id)));
    this.#stage.setDrafts(drafts);
    this.#live({ drafts: drafts.slice(0, MAX_DRAFTS).map(toWire) });
  }
}

export function opsOf(changes: Changes): Op[] {
  return [...changes].map(([id, props]) => ["set", id, props]);
}
