import { boundedElement } from "../document/bounded";
import { MAX_DRAFTS, MAX_INK, MAX_INK_BYTES, MAX_MOVES, MAX_SELECTION } from "../generated/limits";
import type { Ink, LiveState, WireElement } from "../generated/protocol";

/** At most this often, in ms: 60 times a second. */
export const LIVE_MS = 1000 / 60;

interface Stroke {
  readonly element: WireElement;
  bytes: Uint8Array;
  length: number;
  /** How much of it the others have; nothing after a reconnect. */
  sent: number;
}

const SHOWN = [
  "cursor",
  "selection",
  "viewport",
  "tool",
  "drafts",
  "moves",
  "laser",
  "spotlight",
  "following",
  "availability",
] as const;
type Shown = (typeof SHOWN)[number];

/** What a gesture showed stays until the edit it ended with is confirmed, but not longer than this, in ms. */
const GESTURE = ["moves", "drafts"] as const;
const HOLD_MS = 1000;

/**
 * Gathers what this person does right now into one state for the others: the newest of each wins, ink is appended.
 *
 * It remembers what is shown, so that a new connection shows it again, strokes from their first byte.
 */
export class LiveSender {
  #shown: LiveState = {};
  #unsent = new Set<Shown>();
  readonly #strokes = new Map<string, Stroke>();
  readonly #ended = new Set<string>();
  readonly #isPending: () => boolean;
  #sentAt = Number.NEGATIVE_INFINITY;
  #held: ReadonlySet<Shown> = new Set();
  #heldSince: number | null = null;

  /** `isPending`: whether edits of this page are not confirmed yet. */
  constructor(isPending: () => boolean = () => false) {
    this.#isPending = isPending;
  }

  /** Takes a change; nothing in it may be an edit that has to survive. */
  add(patch: LiveState): void {
    for (const name of SHOWN) {
      const value = patch[name];
      if (value === undefined || value === null) continue;
      this.#shown = { ...this.#shown, [name]: value };
      this.#unsent.add(name);
    }
    for (const ink of patch.ink ?? []) this.#draw(ink);
    for (const id of patch.ended ?? []) {
      const stroke = this.#strokes.get(id);
      this.#strokes.delete(id);
      if (stroke !== undefined && stroke.sent > 0) this.#ended.add(id);
    }
  }

  /** The stroke is an element now, which everybody gets by itself. */
  committed(id: string): void {
    this.#strokes.delete(id);
  }

  /** A new connection: the others know nothing. */
  begin(): void {
    this.#unsent = new Set(Object.keys(this.#shown) as Shown[]);
    this.#ended.clear();
    for (const stroke of this.#strokes.values()) stroke.sent = 0;
  }

  /** What this person sees of the board, if they said. */
  get viewport(): readonly [number, number, number, number] | null {
    return this.#shown.viewport ?? null;
  }

  /** When the next state may go; null if there is nothing to send. */
  wakeAt(): number | null {
    if (!this.#isEmpty()) return this.#sentAt + LIVE_MS;
    return this.#held.size > 0 && this.#heldSince !== null ? this.#heldSince + HOLD_MS : null;
  }

  /** The state to send now, or null: nothing new, or too soon after the last. */
  take(now: number): LiveState | null {
    this.#hold(now);
    if (this.#isEmpty() || now < this.#sentAt + LIVE_MS) return null;
    this.#sentAt = now;
    const state: Record<string, unknown> = {};
    for (const name of this.#unsent) {
      if (this.#held.has(name)) continue;
      state[name] = bounded(name, this.#shown);
      this.#unsent.delete(name);
    }
    const ink = this.#inkToSend();
    if (ink.length > 0) state.ink = ink;
    const ended = [...this.#ended].slice(0, MAX_INK);
    for (const id of ended) this.#ended.delete(id);
    if (ended.length > 0) state.ended = ended;
    return state;
  }

  /** Live states overtake commits: sent at once, the end of a drag would let it jump back for a moment. */
  #hold(now: number): void {
    const over = GESTURE.filter((name) => this.#unsent.has(name) && !this.#shown[name]?.length);
    const waits = over.length > 0 && this.#isPending();
    this.#heldSince = waits ? (this.#heldSince ?? now) : null;
    const isLate = this.#heldSince !== null && now >= this.#heldSince + HOLD_MS;
    this.#held = new Set(waits && !isLate ? over : []);
  }

  #isEmpty(): boolean {
    if (this.#ended.size > 0) return false;
    for (const name of this.#unsent) if (!this.#held.has(name)) return false;
    for (const { length, sent } of this.#strokes.values()) if (sent < length) return false;
    return true;
  }

  #draw({ id, offset, data, element }: Ink): void {
    let stroke = this.#strokes.get(id);
    if (stroke === undefined || offset === 0) {
      const wire = element && boundedElement(element);
      if (offset !== 0 || wire === undefined || wire === null) return;
      stroke = { element: wire, bytes: new Uint8Array(1024), length: 0, sent: 0 };
      this.#strokes.set(id, stroke);
    }
    if (offset !== stroke.length) return;
    if (offset + data.length > stroke.bytes.length) {
      const larger = new Uint8Array(2 * (offset + data.length));
      larger.set(stroke.bytes);
      stroke.bytes = larger;
    }
    stroke.bytes.set(data, offset);
    stroke.length += data.length;
  }

  #inkToSend(): Ink[] {
    const ink: Ink[] = [];
    // For all strokes together: the server drops live frames of more than 64 KiB (rule L6).
    let room = MAX_INK_BYTES;
    for (const [id, stroke] of this.#strokes) {
      if (ink.length === MAX_INK || room === 0) break;
      if (stroke.sent === stroke.length) continue;
      const offset = stroke.sent;
      const end = Math.min(stroke.length, offset + room);
      stroke.sent = end;
      room -= end - offset;
      const data = stroke.bytes.slice(offset, end);
      ink.push(offset === 0 ? { id, offset, data, element: stroke.element } : { id, offset, data });
    }
    return ink;
  }
}

/** Within the limits of the wire; what is too much is not shown to the others. */
function bounded(name: Shown, shown: LiveState): unknown {
  switch (name) {
    case "cursor":
    case "viewport":
      return shown[name]?.map((value) => Math.min(1e7, Math.max(-1e7, value)));
    case "selection":
      return shown.selection?.slice(0, MAX_SELECTION);
    case "drafts":
      return shown.drafts?.slice(0, MAX_DRAFTS).flatMap((draft) => boundedElement(draft) ?? []);
    case "moves":
      return shown.moves?.slice(0, MAX_MOVES);
    case "tool":
      return shown.tool?.slice(0, 64);
    default:
      return shown[name];
  }
}
