import { resolveRecord } from "../document/wire_element";
import type { Element, Reset, SnapshotRecord } from "../generated/protocol";

/** A snapshot on its way: elements so far, each with the commit that changed it last. */
export class Snapshot {
  readonly epoch: string;
  readonly title: string;
  readonly elements = new Map<string, Element>();
  readonly #seqs = new Map<string, number>();

  constructor([, epoch, , title]: Reset) {
    this.epoch = epoch;
    this.title = title;
  }

  /** Adds records and returns those that count: an element may come twice, the newer record wins. */
  add(records: readonly SnapshotRecord[]): Element[] {
    const fresh: Element[] = [];
    for (const [seq, wire, points, text] of records) {
      if ((this.#seqs.get(wire.id) ?? -1) > seq) continue;
      const element = resolveRecord(wire, points, text);
      this.#seqs.set(wire.id, seq);
      this.elements.set(wire.id, element);
      fresh.push(element);
    }
    return fresh;
  }

  /** The elements that were read after commit `seq`: what happened up to then is in them already. */
  readAfter(seq: number): Map<string, number> {
    return new Map([...this.#seqs].filter(([, at]) => at > seq));
  }
}
