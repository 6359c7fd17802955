import type { Arrow, Element, Line, Place, Props, TextElement } from "../generated/protocol";
import { invertPlace, translatePlace } from "../geometry/place";
import type { Attachments } from "./attachments";
import { boundPoints } from "./binding";
import type { Fit } from "./label_layout";
import { isLinear, linePoints } from "./local_points";
import type { ElementsPort } from "./ports";
import type { Changes } from "./preview";
import { fittedText } from "./text_layout";

export interface FollowContext {
  get(id: string): Element | undefined;
  readonly attachments: Attachments;
  readonly elements: ElementsPort;
}

/** The changes together with what they pull along: arrows that are bound, text inside. */
export function withFollowers(changes: Changes, context: FollowContext): Map<string, Props> {
  const all = new Map(changes);
  const seen = (id: string): Element | undefined => {
    const element = context.get(id);
    const props = all.get(id);
    return element === undefined || props === undefined
      ? element
      : ({ ...element, ...props } as Element);
  };
  const lines = new Set<string>();
  for (const [id, props] of changes) {
    if (!changesGeometry(props)) continue;
    for (const line of context.attachments.boundTo(id)) lines.add(line.id);
    if ("start" in props || "end" in props) lines.add(id);
  }
  for (const id of lines) {
    const line = seen(id);
    if (line === undefined || !isLinear(line)) continue;
    // It was carried along with everything else: what it holds on to moved the same way.
    if (isCarried(id, changes, context)) continue;
    all.set(id, { ...all.get(id), ...followed(line, seen) });
  }
  for (const id of [...all.keys()]) {
    // Most have nothing in them: of a thousand that are dragged, not one is copied here.
    const contents = context.attachments.within(id);
    if (contents.length === 0 || !changesGeometry(all.get(id) ?? {})) continue;
    const container = seen(id);
    if (container === undefined) continue;
    for (const { id: inner } of contents) {
      const text = seen(inner);
      if (text?.type !== "text" || text.container !== id) continue;
      const before = context.get(id)?.place;
      const by = before === undefined ? null : shift(before, container.place);
      const fit =
        by !== null && !("points" in (all.get(id) ?? {}))
          ? { place: translatePlace(context.get(inner)?.place ?? text.place, by.dx, by.dy) }
          : fittedText(text, container, context.elements.measureText);
      all.set(inner, { ...all.get(inner), ...changed(text, fit) });
    }
  }
  return all;
}

/** The points of a line whose supports moved, within its place as it is. */
export function followed(line: Line | Arrow, get: (id: string) => Element | undefined): Props {
  const { place } = line;
  const world = boundPoints(line, get);
  return { points: linePoints(world.map(({ x, y }) => invertPlace(place, x, y))) };
}

/** Without what is as it was, so that a label that only moves is only moved. */
function changed(text: TextElement, { place, autoSize }: Partial<Fit> & Pick<Fit, "place">): Props {
  return autoSize === undefined || autoSize === text.autoSize ? { place } : { place, autoSize };
}

function changesGeometry(props: Props): boolean {
  return "place" in props || "points" in props || "start" in props || "end" in props;
}

function isCarried(id: string, changes: Changes, { get }: FollowContext): boolean {
  const props = changes.get(id);
  const before = get(id);
  if (props?.place === undefined || before === undefined || "points" in props) return false;
  if (!isLinear(before)) return false;
  const by = shift(before.place, props.place);
  if (by === null) return false;
  const after = { ...before, ...props } as Line | Arrow;
  for (const binding of [after.start, after.end]) {
    if (binding === null) continue;
    const support = get(binding.to);
    const moved = changes.get(binding.to)?.place;
    if (support === undefined) continue;
    if (moved === undefined) return false;
    const its = shift(support.place, moved);
    if (its === null || Math.hypot(its.dx - by.dx, its.dy - by.dy) > 1e-6) return false;
  }
  return true;
}

/** How far a place moved; null if it was also turned or stretched. */
function shift(before: Place, after: Place): { readonly dx: number; readonly dy: number } | null {
  if (before[2] !== after[2] || before[3] !== after[3] || before[4] !== after[4]) return null;
  return { dx: after[0] - before[0], dy: after[1] - before[1] };
}
