export interface WheelLike {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number;
  readonly clientX: number;
  readonly clientY: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

export type WheelMeaning =
  | { readonly kind: "pan"; readonly dx: number; readonly dy: number }
  | { readonly kind: "zoom"; readonly factor: number };

const PIXELS = [1, 20, 600] as const;
/** A pinch on a trackpad comes as many small steps, a wheel as few of 100: both shall feel alike. */
const LARGEST_STEP = 24;

/** What a turn of the wheel does; `zooms` is the setting that makes the bare wheel zoom. */
export function meaningOf(event: WheelLike, zooms: boolean): WheelMeaning {
  const unit = PIXELS[event.deltaMode as 0 | 1 | 2] ?? 1;
  const dx = event.deltaX * unit;
  const dy = event.deltaY * unit;
  const ctrl = event.ctrlKey || event.metaKey;
  if ((ctrl || zooms) && !event.shiftKey) {
    const step = Math.min(LARGEST_STEP, Math.max(-LARGEST_STEP, dy));
    return { kind: "zoom", factor: Math.exp(-step / 100) };
  }
  // Browsers on a Mac turn Shift+wheel sideways themselves.
  if (event.shiftKey && dx === 0) return { kind: "pan", dx: -dy, dy: 0 };
  return { kind: "pan", dx: -dx, dy: -dy };
}
