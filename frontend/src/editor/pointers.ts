import { isEraserEnd, kindOf, type PointerLike } from "./pointer_input";
import type { ClockPort } from "./ports";

/** What the pointers on the board add up to. */
export interface PointerSink {
  /** The one pointer that the tool follows. */
  begin(event: PointerLike, eraser: boolean): void;
  move(event: PointerLike): void;
  end(event: PointerLike): void;
  /** It was not meant for the tool after all. */
  abort(): void;
  hover(event: PointerLike): void;
  pan(dx: number, dy: number): void;
  panning(active: boolean): void;
  zoom(clientX: number, clientY: number, factor: number): void;
  menu(event: PointerLike): void;
  twoFingerTap(): void;
  threeFingerTap(): void;
  /** `true` if a menu came up and the finger has nothing more to say. */
  longPress(event: PointerLike): boolean;
}

type Mode = "idle" | "tool" | "pan" | "menu" | "pinch" | "spent";

interface Contact {
  event: PointerLike;
  readonly startX: number;
  readonly startY: number;
}

const TAP_MS = 300;
const TAP_PX = 10;
const LONG_PRESS_MS = 500;
/** Fingers so soon after the pen are the hand that holds it. */
const PEN_NEAR_MS = 500;

/**
 * Decides what several pointers mean together: draw, pan, pinch, tap, menu, or a palm that means nothing.
 *
 * One finger draws until a pen has been seen and pans from then on; two fingers pan and pinch, and take back
 * what the first of them began; a middle button or a held space bar pans with any tool.
 */
export class Pointers {
  /** Space is held: the next press pans. */
  space = false;
  penSeen = false;
  readonly #sink: PointerSink;
  readonly #clock: ClockPort;
  readonly #contacts = new Map<number, Contact>();
  readonly #palms = new Set<number>();
  #mode: Mode = "idle";
  #fingers = 0;
  #firstDown = 0;
  #stayed = true;
  #penUntil = -Infinity;
  #stopTimer: (() => void) | null = null;

  constructor(sink: PointerSink, clock: ClockPort) {
    this.#sink = sink;
    this.#clock = clock;
  }

  get active(): boolean {
    return this.#mode !== "idle";
  }

  down(event: PointerLike): void {
    const kind = kindOf(event);
    if (kind === "pen") this.#penCame();
    if (kind === "touch") {
      this.#fingerDown(event);
      return;
    }
    if (this.#mode !== "idle") return;
    this.#touchDown(event);
    if (event.button === 1 || (event.button === 0 && this.space)) this.#startPan();
    else if (event.button === 2) this.#mode = "menu";
    else if (event.button === 0 || isEraserEnd(event)) {
      this.#mode = "tool";
      this.#sink.begin(event, isEraserEnd(event));
    } else this.#contacts.delete(event.pointerId);
  }

  move(event: PointerLike): void {
    if (this.#palms.has(event.pointerId)) return;
    const contact = this.#contacts.get(event.pointerId);
    if (contact === undefined) {
      if (kindOf(event) === "pen") this.#penUntil = this.#clock.now() + PEN_NEAR_MS;
      if (this.#mode === "idle" && kindOf(event) !== "touch") this.#sink.hover(event);
      return;
    }
    const before = contact.event;
    const dx = event.clientX - contact.startX;
    const dy = event.clientY - contact.startY;
    if (Math.hypot(dx, dy) > TAP_PX) {
      this.#stayed = false;
      this.#stopWaiting();
    }
    if (this.#mode === "pinch") {
      this.#pinch(contact, event);
      return;
    }
    contact.event = event;
    if (this.#mode === "tool") this.#sink.move(event);
    else if (this.#mode === "pan") {
      this.#sink.pan(event.clientX - before.clientX, event.clientY - before.clientY);
    }
  }

  up(event: PointerLike): void {
    if (this.#palms.delete(event.pointerId)) return;
    if (!this.#contacts.delete(event.pointerId)) return;
    if (kindOf(event) === "pen") this.#penUntil = this.#clock.now() + PEN_NEAR_MS;
    this.#stopWaiting();
    const mode = this.#mode;
    // A finger that stays on the glass after a pinch must not start to draw or make the board jump.
    this.#mode = this.#contacts.size === 0 ? "idle" : "spent";
    if (mode === "tool") this.#sink.end(event);
    else if (mode === "pan") this.#sink.panning(false);
    else if (mode === "menu" && this.#stayed) this.#sink.menu(event);
    const short = this.#clock.now() - this.#firstDown <= TAP_MS;
    if (this.#mode === "idle" && this.#stayed && short) {
      if (this.#fingers === 2) this.#sink.twoFingerTap();
      else if (this.#fingers === 3) this.#sink.threeFingerTap();
    }
    if (this.#mode === "idle") this.#fingers = 0;
  }

  cancel(event: PointerLike): void {
    this.#palms.delete(event.pointerId);
    if (!this.#contacts.delete(event.pointerId)) return;
    if (kindOf(event) === "pen") this.#penUntil = this.#clock.now() + PEN_NEAR_MS;
    this.#stopWaiting();
    this.#giveUp();
    this.#mode = this.#contacts.size === 0 ? "idle" : "spent";
    if (this.#mode === "idle") this.#fingers = 0;
  }

  /** The window is gone: what was on the board means nothing any more, and may be lifted without a word. */
  drop(): void {
    this.#stopWaiting();
    this.#giveUp();
    this.#contacts.clear();
    this.#palms.clear();
    this.#penUntil = -Infinity;
    this.#mode = "idle";
    this.#fingers = 0;
  }

  #fingerDown(event: PointerLike): void {
    if (this.#mode === "menu" || this.#clock.now() < this.#penUntil || this.#heldByOther()) {
      this.#palms.add(event.pointerId);
      return;
    }
    this.#touchDown(event);
    this.#fingers++;
    if (this.#contacts.size === 1) {
      if (this.penSeen || this.space) this.#startPan();
      else {
        this.#mode = "tool";
        this.#sink.begin(event, false);
      }
      this.#stopTimer = this.#clock.later(LONG_PRESS_MS, () => {
        this.#stopTimer = null;
        if (this.#sink.longPress(event)) this.#handOver();
      });
    } else if (this.#contacts.size === 2 && this.#mode !== "spent") {
      this.#stopWaiting();
      this.#giveUp();
      this.#mode = "pinch";
    }
  }

  /** The finger is the menu's now, which also hears when it is lifted. */
  #handOver(): void {
    if (this.#mode === "pan") this.#sink.panning(false);
    this.#contacts.clear();
    this.#mode = "idle";
    this.#fingers = 0;
  }

  #touchDown(event: PointerLike): void {
    if (this.#contacts.size === 0) {
      this.#stayed = true;
      this.#firstDown = this.#clock.now();
    }
    const { clientX, clientY } = event;
    this.#contacts.set(event.pointerId, { event, startX: clientX, startY: clientY });
  }

  /** A mouse or a pen is at work. */
  #heldByOther(): boolean {
    for (const { event } of this.#contacts.values()) if (kindOf(event) !== "touch") return true;
    return false;
  }

  #penCame(): void {
    this.penSeen = true;
    this.#penUntil = Infinity;
    let fingers = false;
    for (const [id, { event }] of this.#contacts) {
      if (kindOf(event) !== "touch") continue;
      fingers = true;
      this.#contacts.delete(id);
      this.#palms.add(id);
    }
    if (!fingers) return;
    this.#stopWaiting();
    this.#giveUp();
    this.#mode = "idle";
    this.#fingers = 0;
  }

  #startPan(): void {
    this.#mode = "pan";
    this.#sink.panning(true);
  }

  #giveUp(): void {
    if (this.#mode === "tool") this.#sink.abort();
    if (this.#mode === "pan") this.#sink.panning(false);
  }

  #pinch(contact: Contact, event: PointerLike): void {
    const [first, second] = [...this.#contacts.values()];
    if (first === undefined || second === undefined) return;
    if (contact !== first && contact !== second) return;
    const before = between(first.event, second.event);
    contact.event = event;
    const after = between(first.event, second.event);
    this.#sink.pan(after.x - before.x, after.y - before.y);
    if (before.apart > 0 && after.apart > 0) {
      this.#sink.zoom(after.x, after.y, after.apart / before.apart);
    }
  }

  #stopWaiting(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
  }
}

function between(a: PointerLike, b: PointerLike): { x: number; y: number; apart: number } {
  return {
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
    apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
  };
}
