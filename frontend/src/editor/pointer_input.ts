import type { CameraPort } from "./ports";

/** The part of a pointer event that the editor reads; `PointerEvent` is one. */
export interface PointerLike {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly button: number;
  readonly buttons: number;
  readonly clientX: number;
  readonly clientY: number;
  readonly pressure: number;
  readonly timeStamp: number;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  getCoalescedEvents?(): readonly PointerLike[];
}

export type PointerKind = "mouse" | "pen" | "touch";

export interface PointerSample {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly time: number;
}

/** What a tool gets: where in the world, and what is held. */
export interface PointerInput {
  readonly x: number;
  readonly y: number;
  readonly screenX: number;
  readonly screenY: number;
  readonly kind: PointerKind;
  readonly pressure: number;
  /** ms, on the event's clock. */
  readonly time: number;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly ctrl: boolean;
  /** 1 for a click, 2 for the second of a double click. */
  readonly clicks: number;
  /** Every point since the last event, this one last. */
  readonly samples: readonly PointerSample[];
}

export interface PointerFrame {
  readonly camera: CameraPort;
  readonly left: number;
  readonly top: number;
  readonly mac: boolean;
}

/** The eraser end of a pen: button 5, or bit 5 of the buttons held. */
export function isEraserEnd(event: PointerLike): boolean {
  return event.pointerType === "pen" && (event.button === 5 || (event.buttons & 32) !== 0);
}

export function kindOf(event: PointerLike): PointerKind {
  return event.pointerType === "pen" || event.pointerType === "touch" ? event.pointerType : "mouse";
}

export function pointerInput(event: PointerLike, frame: PointerFrame, clicks = 1): PointerInput {
  const { camera, left, top } = frame;
  const sample = (point: PointerLike): PointerSample => ({
    x: (point.clientX - left) / camera.zoom + camera.x,
    y: (point.clientY - top) / camera.zoom + camera.y,
    pressure: pressureOf(point),
    time: point.timeStamp,
  });
  const coalesced = event.getCoalescedEvents?.() ?? [];
  const here = sample(event);
  // The list may be empty, and its last may be older than the event itself (pointerup carries a new place).
  const samples = coalesced.map(sample);
  const last = samples.at(-1);
  if (last === undefined || last.x !== here.x || last.y !== here.y) samples.push(here);
  return {
    ...here,
    screenX: event.clientX - left,
    screenY: event.clientY - top,
    kind: kindOf(event),
    shift: event.shiftKey,
    alt: event.altKey,
    ctrl: frame.mac ? event.metaKey : event.ctrlKey,
    clicks,
    samples,
  };
}

/** A mouse and most fingers report 0.5 or nothing; only a pen's pressure means something. */
function pressureOf(event: PointerLike): number {
  return event.pointerType === "pen" && event.pressure > 0 ? event.pressure : 0.5;
}
