import RBush from "rbush";
import type { ChangeSet } from "../document/change_set";
import { hits, paintBoundsOf } from "../elements/registry";
import type { Element } from "../generated/protocol";
import { type Box, contains, EMPTY_BOX, intersects } from "../geometry/box";
import { comparePaintOrder, orderNumber } from "./paint_order";

export { comparePaintOrder, inPaintOrder } from "./paint_order";

interface Entry {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
  element: Element;
  /** The beginning of its paint order as a number. */
  order: number;
}

/** What rbush keeps of a subtree; `toJSON` hands out its root. */
interface Node extends Box {
  readonly leaf: boolean;
  readonly children: readonly (Node | Entry)[];
}

/** From so many elements at new places at once on, packing the tree anew is faster than inserting. */
const BULK = 64;

/** Which elements paint where: an R-tree over the boxes of their paint, fed by change sets. */
export class SpatialIndex {
  private readonly tree = new RBush<Entry>(12);
  private readonly entries = new Map<string, Entry>();

  get size(): number {
    return this.entries.size;
  }

  get isEmpty(): boolean {
    return this.entries.size === 0;
  }

  apply(changes: ChangeSet): void {
    for (const element of changes.removed) this.remove(element.id);
    const fresh: Entry[] = [];
    for (const { after } of changes.updated) this.put(after, fresh);
    for (const element of changes.added) this.put(element, fresh);
    if (fresh.length >= BULK) this.tree.load(fresh);
    else for (const entry of fresh) this.tree.insert(entry);
  }

  /** Everything whose paint may touch the box, in no order. */
  search(box: Box): Element[] {
    const found: Element[] = [];
    this.visit(box, (element) => {
      found.push(element);
      return true;
    });
    return found;
  }

  /** The same, lowest first. */
  searchInOrder(box: Box): Element[] {
    const found: Entry[] = [];
    this.visitEntries(box, (entry) => {
      found.push(entry);
      return true;
    });
    found.sort((a, b) => a.order - b.order || comparePaintOrder(a.element, b.element));
    return found.map(({ element }) => element);
  }

  /** Calls for each element whose paint may touch the box until the visitor answers false. */
  visit(box: Box, visitor: (element: Element) => boolean): void {
    this.visitEntries(box, ({ element }) => visitor(element));
  }

  private visitEntries(box: Box, visitor: (entry: Entry) => boolean): void {
    const stack: Node[] = [this.root()];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (!intersects(node, box)) continue;
      for (const child of node.children) {
        if (!intersects(child, box)) continue;
        if (!node.leaf) stack.push(child as Node);
        else if (!visitor(child as Entry)) return;
      }
    }
  }

  /** How many elements may touch the box; stops counting above `limit`. */
  count(box: Box, limit = Number.POSITIVE_INFINITY): number {
    let count = 0;
    this.visit(box, () => ++count <= limit);
    return count;
  }

  /** The topmost element at a point of the world, within `tolerance` world units. */
  topAt(x: number, y: number, tolerance: number): Element | undefined {
    const box = {
      minX: x - tolerance,
      minY: y - tolerance,
      maxX: x + tolerance,
      maxY: y + tolerance,
    };
    return this.search(box)
      .sort((a, b) => comparePaintOrder(b, a))
      .find((element) => hits(element, x, y, tolerance));
  }

  /** The box of everything on the board; empty for nothing. */
  bounds(): Box {
    if (this.entries.size === 0) return EMPTY_BOX;
    const { minX, minY, maxX, maxY } = this.root();
    return { minX, minY, maxX, maxY };
  }

  private root(): Node {
    return this.tree.toJSON() as Node;
  }

  /** What is to be put into the tree is added to `fresh`. */
  private put(element: Element, fresh: Entry[]): void {
    const known = this.entries.get(element.id);
    const entry = entryOf(element);
    if (known !== undefined) {
      if (contains(known, entry) && contains(entry, known)) {
        known.element = element;
        known.order = entry.order;
        return;
      }
      this.tree.remove(known);
    }
    this.entries.set(element.id, entry);
    fresh.push(entry);
  }

  private remove(id: string): void {
    const known = this.entries.get(id);
    if (known === undefined) return;
    this.entries.delete(id);
    this.tree.remove(known);
  }
}

function entryOf(element: Element): Entry {
  const { minX, minY, maxX, maxY } = paintBoundsOf(element);
  return { minX, minY, maxX, maxY, element, order: orderNumber(element.z) };
}
