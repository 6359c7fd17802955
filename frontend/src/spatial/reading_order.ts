import type { Box } from "../geometry/box";

/**
 * Things in the order in which a page is read: row by row from the top, each from the left.
 *
 * A row is whatever begins above the middle of its topmost thing.
 */
export function readingOrder<T extends { readonly box: Box }>(things: readonly T[]): T[] {
  const fromTop = [...things].sort((a, b) => a.box.minY - b.box.minY || a.box.minX - b.box.minX);
  const read: T[] = [];
  let row: T[] = [];
  let middle = Number.NEGATIVE_INFINITY;
  const endRow = () => {
    row.sort((a, b) => a.box.minX - b.box.minX || a.box.minY - b.box.minY);
    for (const thing of row) read.push(thing);
    row = [];
  };
  for (const thing of fromTop) {
    const { minY, maxY } = thing.box;
    if (minY > middle) {
      endRow();
      middle = (minY + maxY) / 2;
    }
    row.push(thing);
  }
  endRow();
  return read;
}
