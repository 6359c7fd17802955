import { type Box, union } from "../geometry/box";

/** More boxes than this are joined, those first that waste least. */
const MOST = 12;
/** Two boxes become one where that covers at most this much more than both. */
const WASTE = 1.25;

/** The parts of a picture that look different now, in as few boxes as is sensible. */
export class DirtyBoxes {
  private boxes: Box[] = [];

  get isEmpty(): boolean {
    return this.boxes.length === 0;
  }

  /** The area of all boxes, in square world units; where they overlap it counts twice. */
  get area(): number {
    let sum = 0;
    for (const box of this.boxes) sum += areaOf(box);
    return sum;
  }

  add(box: Box): void {
    let added = box;
    // What has grown may reach others by now.
    for (let near = this.nearest(added); near >= 0; near = this.nearest(added)) {
      added = union(added, this.boxes.splice(near, 1)[0]!);
    }
    this.boxes.push(added);
  }

  /** All boxes; afterwards there are none. */
  take(): Box[] {
    const { boxes } = this;
    this.boxes = [];
    return boxes;
  }

  /** The box to join with, or -1 where it is better kept apart. */
  private nearest(box: Box): number {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.boxes.length; i++) {
      const other = this.boxes[i]!;
      const both = areaOf(union(box, other));
      const apart = areaOf(box) + areaOf(other);
      if (this.boxes.length < MOST && both > apart * WASTE) continue;
      if (both - apart < least) {
        best = i;
        least = both - apart;
      }
    }
    return best;
  }
}

export function areaOf({ minX, minY, maxX, maxY }: Box): number {
  return (maxX - minX) * (maxY - minY);
}
