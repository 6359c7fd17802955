import type { Element } from "../generated/protocol";

/** What changed in a document at once; elements are immutable, so `before` and `after` are both whole. */
export interface ChangeSet {
  readonly added: readonly Element[];
  readonly updated: readonly { readonly before: Element; readonly after: Element }[];
  readonly removed: readonly Element[];
}

/** A document as everything but sync sees it: elements by id, told of changes by change sets. */
export interface ReadonlyDocument {
  readonly size: number;
  readonly title: string;
  get(id: string): Element | undefined;
  elements(): Iterable<Element>;
}
