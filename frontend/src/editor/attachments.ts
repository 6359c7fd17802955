import type { ChangeSet, ReadonlyDocument } from "../document/change_set";
import type { Element, Frame, TextElement } from "../generated/protocol";

/** Sets the names of groups apart from the ids of elements; no id contains it. */
const GROUP = "group ";
const NOTHING: readonly never[] = [];

/**
 * Who hangs on whom: arrows on the shapes they are bound to, text in its container, elements in a frame,
 * members in a group.
 *
 * Elements name what they hang on; this is the other direction, kept up to date by change sets.
 */
export class Attachments {
  readonly #hanging = new Map<string, Set<string>>();
  readonly #frames = new Set<string>();
  readonly #document: ReadonlyDocument;

  constructor(document: ReadonlyDocument) {
    this.#document = document;
    for (const element of document.elements()) this.#hang(element);
  }

  apply(changes: ChangeSet): void {
    for (const element of changes.removed) this.#unhang(element);
    for (const { before, after } of changes.updated) {
      this.#unhang(before);
      this.#hang(after);
    }
    for (const element of changes.added) this.#hang(element);
  }

  /** The lines and arrows with an end on `id`. */
  boundTo(id: string): readonly Element[] {
    return this.#on(id).filter((element) => ends(element).includes(id));
  }

  /** The text in `id` and, when it is a frame, the elements in it. */
  within(id: string): readonly Element[] {
    return this.#on(id).filter((element) => isWithin(element, id));
  }

  /** The text in a shape or on a line. */
  labelOf(id: string): TextElement | undefined {
    for (const inner of this.#on(id)) {
      if (inner.type === "text" && inner.container === id) return inner;
    }
    return undefined;
  }

  /** The elements of a group, those of groups inside it included. */
  membersOf(group: string): readonly Element[] {
    return this.#on(`${GROUP}${group}`);
  }

  /** `ids` with everything that goes where they go: text in containers, elements in frames. */
  withContents(ids: Iterable<string>): Set<string> {
    const all = new Set(ids);
    for (const id of all) for (const inner of this.within(id)) all.add(inner.id);
    return all;
  }

  /** Every frame on the board. */
  frames(): Frame[] {
    const frames: Frame[] = [];
    for (const id of this.#frames) {
      const frame = this.#document.get(id);
      if (frame?.type === "frame") frames.push(frame);
    }
    return frames;
  }

  #on(id: string): readonly Element[] {
    const hanging = this.#hanging.get(id);
    if (hanging === undefined) return NOTHING;
    const found: Element[] = [];
    for (const other of hanging) {
      const element = this.#document.get(other);
      if (element !== undefined) found.push(element);
    }
    return found;
  }

  #hang(element: Element): void {
    if (element.type === "frame") this.#frames.add(element.id);
    for (const to of supportsOf(element)) {
      const hanging = this.#hanging.get(to);
      if (hanging === undefined) this.#hanging.set(to, new Set([element.id]));
      else hanging.add(element.id);
    }
  }

  #unhang(element: Element): void {
    this.#frames.delete(element.id);
    for (const to of supportsOf(element)) {
      const hanging = this.#hanging.get(to);
      hanging?.delete(element.id);
      if (hanging?.size === 0) this.#hanging.delete(to);
    }
  }
}

function supportsOf(element: Element): string[] {
  const supports = ends(element);
  if (element.frame !== "") supports.push(element.frame);
  if (element.type === "text" && element.container !== "") supports.push(element.container);
  for (const group of element.groups) supports.push(`${GROUP}${group}`);
  return supports;
}

function ends(element: Element): string[] {
  if (element.type !== "line" && element.type !== "arrow") return [];
  return [element.start?.to, element.end?.to].filter((to) => to !== undefined);
}

function isWithin(element: Element, id: string): boolean {
  return element.frame === id || (element.type === "text" && element.container === id);
}
