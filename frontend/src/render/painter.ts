/**
 * Paints elements in their order, in slices. It needs a surface and a scene, but no page: a worker with
 * its own copies of both paints the same.
 */
import { traceFrame } from "../elements/frame/frame";
import { paint } from "../elements/registry";
import type { Surface } from "../elements/surface";
import type { Element, Frame } from "../generated/protocol";
import { cornersUnderPlace } from "../geometry/place";
import type { Scene } from "./scene";

/** How much of an element is left that is about to be erased. */
const FADED = 0.2;
/** Elements between two looks at the clock. */
const STRIDE = 24;

/**
 * Paints `elements` (in paint order) from index `from` on, up to `end`, until the deadline (`now()` in ms)
 * and answers the index of the first that is left.
 */
export function paintSlice(
  surface: Surface,
  scene: Scene,
  elements: readonly Element[],
  from: number,
  deadline: number,
  now: () => number,
  end = elements.length,
): number {
  let clip: Frame | undefined;
  let index = from;
  for (; index < end; index++) {
    if ((index - from) % STRIDE === STRIDE - 1 && now() >= deadline) break;
    const element = elements[index]!;
    if (!scene.isShown(element)) continue;
    const frame = scene.frameOf(element);
    if (frame !== clip) {
      if (clip !== undefined) unclip(surface);
      clip = frame;
      if (frame !== undefined) clipToFrame(surface, frame);
    }
    surface.fade = scene.faded.has(element.id) ? FADED : 1;
    paintOne(surface, scene, element);
  }
  if (clip !== undefined) unclip(surface);
  surface.fade = 1;
  surface.flush();
  return index;
}

/** Paints one element as it lies on the board: with the gap for its label, `labels` instead of the board's. */
export function paintOne(
  surface: Surface,
  scene: Scene,
  element: Element,
  labels?: ReadonlyMap<string, Element>,
): void {
  const linear = element.type === "arrow" || element.type === "line";
  const label = linear ? (labels?.get(element.id) ?? scene.labelOf(element)) : undefined;
  if (label === undefined) {
    paint(surface, element);
    return;
  }
  clipAround(surface, label);
  paint(surface, element);
  unclip(surface);
}

function clipToFrame(surface: Surface, frame: Frame): void {
  const ctx = surface.enter(frame.place, 1, false);
  ctx.save();
  const [, , sx, sy] = frame.place;
  traceFrame(ctx, Math.min(0, sx), Math.min(0, sy), Math.abs(sx), Math.abs(sy));
  ctx.clip();
}

const LABEL_GAP = 5;

/** Leaves out the box of a label, grown a little. */
function clipAround(surface: Surface, label: Element): void {
  const { ctx, view } = surface;
  surface.flush();
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.beginPath();
  ctx.rect(0, 0, ctx.canvas.width, ctx.canvas.height);
  const [, , sx, sy] = label.place;
  const aside = LABEL_GAP / Math.max(Math.abs(sx), 1);
  const above = LABEL_GAP / Math.max(Math.abs(sy), 1);
  const gap = { minX: -aside, minY: -above, maxX: 1 + aside, maxY: 1 + above };
  for (const [i, { x, y }] of cornersUnderPlace(label.place, gap).entries()) {
    const px = (x - view.x) * view.scale;
    const py = (y - view.y) * view.scale;
    if (i === 0) ctx.moveTo(px, py);
    else ctx.lineTo(px, py);
  }
  ctx.closePath();
  ctx.clip("evenodd");
}

function unclip(surface: Surface): void {
  surface.flush();
  surface.ctx.restore();
}
