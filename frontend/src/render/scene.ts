import type { ChangeSet, ReadonlyDocument } from "../document/change_set";
import type { Element, Frame } from "../generated/protocol";

const NO_IDS: ReadonlySet<string> = new Set();

/** What painting needs to know beyond the element at hand: frames, labels, what is hidden or faded. */
export class Scene {
  private readonly labels = new Map<string, string>();
  hidden = NO_IDS;
  faded = NO_IDS;
  /** Shown on the live layer at another place while it is dragged. */
  moving: ReadonlySet<string> = NO_IDS;

  constructor(private readonly document: ReadonlyDocument) {
    for (const element of document.elements()) this.learn(element);
  }

  apply(changes: ChangeSet): void {
    for (const element of changes.removed) this.forget(element);
    for (const { before, after } of changes.updated) {
      this.forget(before);
      this.learn(after);
    }
    for (const element of changes.added) this.learn(element);
  }

  get(id: string): Element | undefined {
    return this.document.get(id);
  }

  frameOf(element: Element): Frame | undefined {
    if (element.frame === "") return undefined;
    const frame = this.document.get(element.frame);
    return frame?.type === "frame" ? frame : undefined;
  }

  /** The text on a line or arrow, which is left out where the text stands. */
  labelOf(element: Element): Element | undefined {
    const id = this.labels.get(element.id);
    return id === undefined ? undefined : this.document.get(id);
  }

  isShown(element: Element): boolean {
    return !this.hidden.has(element.id) && !this.moving.has(element.id);
  }

  private learn(element: Element): void {
    if (element.type === "text" && element.container !== "" && element.text !== "") {
      this.labels.set(element.container, element.id);
    }
  }

  private forget(element: Element): void {
    if (element.type === "text" && this.labels.get(element.container) === element.id) {
      this.labels.delete(element.container);
    }
  }
}
