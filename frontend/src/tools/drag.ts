import type { PointerInput } from "../editor/pointer_input";

/** Screen pixels: what moved less was a click. */
const SLACK = { mouse: 4, pen: 6, touch: 8 } as const;

export function isDrag(from: PointerInput, to: PointerInput): boolean {
  return Math.hypot(to.screenX - from.screenX, to.screenY - from.screenY) >= SLACK[from.kind];
}
