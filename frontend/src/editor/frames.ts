/** Which elements lie in which frame. */
import type { Element, Frame, Props } from "../generated/protocol";
import { type Box, contains, intersects } from "../geometry/box";
import { invertPlace, type Vec } from "../geometry/place";
import { comparePaintOrder } from "../spatial/paint_order";
import type { FollowContext } from "./followers";
import type { IndexPort } from "./ports";
import type { Changes } from "./preview";
import { boundsOfAll } from "./selection_box";

const NO_IDS: ReadonlySet<string> = new Set();

/** The topmost of `frames` around a point of the world. */
export function frameAt(
  frames: readonly Frame[],
  { x, y }: Vec,
  except: ReadonlySet<string> = NO_IDS,
): Frame | undefined {
  let top: Frame | undefined;
  for (const frame of frames) {
    if (except.has(frame.id)) continue;
    const at = invertPlace(frame.place, x, y);
    if (at.x < 0 || at.x > 1 || at.y < 0 || at.y > 1) continue;
    if (top === undefined || comparePaintOrder(frame, top) > 0) top = frame;
  }
  return top;
}

/** What goes into a frame or out of it as one: a group, or an element with its label. */
function unitsOf(elements: readonly Element[]): Element[][] {
  const present = new Set(elements.map(({ id }) => id));
  const keyOf = (element: Element): string => {
    const group = element.groups.at(-1);
    if (group !== undefined) return `group ${group}`;
    const isLabel = element.type === "text" && present.has(element.container);
    return isLabel ? element.container : element.id;
  };
  const units = new Map<string, Element[]>();
  for (const element of elements) {
    // A frame lies in no other; what is in one of these frames stays in it.
    if (element.type === "frame" || present.has(element.frame)) continue;
    const key = keyOf(element);
    const unit = units.get(key);
    if (unit === undefined) units.set(key, [element]);
    else unit.push(element);
  }
  return [...units.values()];
}

/** The ids of the frames that elements come to lie in: each unit in the topmost frame under its middle. */
export function framesUnder(
  elements: readonly Element[],
  frames: readonly Frame[],
): Map<string, string> {
  const except = new Set(elements.map(({ id }) => id));
  const under = new Map<string, string>();
  for (const unit of unitsOf(elements)) {
    const frame = frameAt(frames, middleOf(boundsOfAll(unit)), except)?.id ?? "";
    for (const { id } of unit) under.set(id, frame);
  }
  return under;
}

/** The same elements in the frames where they lie. */
export function framedAnew(elements: readonly Element[], frames: readonly Frame[]): Element[] {
  const under = framesUnder(elements, frames);
  return elements.map((element) => {
    const frame = under.get(element.id);
    return frame === undefined || frame === element.frame ? element : { ...element, frame };
  });
}

/** A new element in the frame where it was drawn: ink and lines over a frame's edge are in none, or part of them would vanish. */
export function drawnIn<E extends Element>(element: E, frames: readonly Frame[]): E {
  const frame = frameAt(frames, middleOf(boundsOfAll([element])));
  const isIn = frame !== undefined && (isWhole(element, frame) || !isStroke(element));
  return { ...element, frame: isIn ? frame.id : "" };
}

function isStroke({ type }: Element): boolean {
  return type === "line" || type === "arrow" || type === "freedraw";
}

function isWhole(element: Element, frame: Element): boolean {
  return contains(boundsOfAll([frame]), boundsOfAll([element]));
}

function middleOf({ minX, minY, maxX, maxY }: Box): Vec {
  return { x: (minX + maxX) / 2, y: (minY + maxY) / 2 };
}

/** What a frame that has just come to its place takes in: units that are in no frame and lie wholly inside. */
export function takenIn(
  frame: Frame,
  index: IndexPort,
  { get, attachments }: FollowContext,
): Map<string, Props> {
  const box = boundsOfAll([frame]);
  const taken = new Map<string, Props>();
  const isFree = (element: Element) =>
    element.type !== "frame" && !element.locked && get(element.frame) === undefined;
  const isInside = (element: Element) => contains(box, boundsOfAll([element]));
  for (const element of index.search(box)) {
    const group = element.groups.at(-1);
    const unit = group === undefined ? [element] : attachments.membersOf(group);
    if (!unit.every((member) => isFree(member) && isInside(member))) continue;
    const holder = element.type === "text" ? get(element.container) : undefined;
    if (holder !== undefined && !(isFree(holder) && isInside(holder))) continue;
    taken.set(element.id, { frame: frame.id });
    const label = attachments.labelOf(element.id);
    if (label !== undefined) taken.set(label.id, { frame: frame.id });
  }
  return taken;
}

/** The changes together with who leaves a frame by them: what lies wholly outside of it would not be seen. */
export function withoutHidden(changes: Changes, { get, attachments }: FollowContext): Changes {
  const all = new Map(changes);
  const seen = (id: string): Element | undefined => {
    const element = get(id);
    return element && ({ ...element, ...all.get(id) } as Element);
  };
  const freeIfHidden = (id: string) => {
    const element = seen(id);
    if (element === undefined || element.type === "frame" || element.frame === "") return;
    // A label goes with what it stands in.
    if (element.type === "text" && get(element.container) !== undefined) return;
    const frame = seen(element.frame);
    if (frame === undefined) return;
    // A line that follows what it is bound to may come to reach over the edge.
    const isReshaped = "points" in (all.get(id) ?? {});
    const isSeen = isReshaped
      ? isWhole(element, frame)
      : intersects(boundsOfAll([frame]), boundsOfAll([element]));
    if (isSeen) return;
    all.set(id, { ...all.get(id), frame: "" });
    const label = attachments.labelOf(id);
    if (label !== undefined) all.set(label.id, { ...all.get(label.id), frame: "" });
  };
  for (const [id, props] of changes) {
    if (!("place" in props || "points" in props)) continue;
    freeIfHidden(id);
    if (get(id)?.type !== "frame") continue;
    for (const inner of attachments.within(id)) if (!changes.has(inner.id)) freeIfHidden(inner.id);
  }
  return all;
}
