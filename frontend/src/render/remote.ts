import { boundsOf, localBoxOf } from "../elements/registry";
import type { Element, Freedraw, Place } from "../generated/protocol";
import { EMPTY_BOX, union } from "../geometry/box";
import { cornersUnderPlace, type Vec } from "../geometry/place";
import { decodeArrived } from "../geometry/points";
import type { InkLayer } from "./ink_layer";
import type { OverlayCursor, OverlayOutline } from "./overlay";
import type { Scene } from "./scene";

/** What another person does right now. */
export interface RemoteLive {
  readonly peer: string;
  readonly name: string;
  readonly color: string;
  readonly cursor: readonly [number, number] | null;
  readonly selection: readonly string[];
  readonly inks: ReadonlyMap<string, { readonly element: Element; readonly bytes: Uint8Array }>;
  readonly drafts: readonly Element[];
  readonly moves: ReadonlyMap<string, Place>;
}

const HAS_PRESSURE = 1;
/** More selected elements than this are outlined by one box. */
const MOST_OUTLINES = 60;

/** Brings the ink layer up to what others have drawn so far; answers which of the inks are theirs. */
export function followInks(
  layer: InkLayer,
  peers: readonly RemoteLive[],
  known: ReadonlySet<string>,
): Set<string> {
  const theirs = new Set<string>();
  for (const { inks } of peers) {
    for (const [id, { element, bytes }] of inks) {
      if (element.type !== "freedraw") continue;
      theirs.add(id);
      if (!layer.has(id)) layer.start(element as Freedraw, ((bytes[0] ?? 0) & HAS_PRESSURE) === 0);
      const { count, xy, pressures } = decodeArrived(bytes);
      const fresh = [];
      for (let i = layer.lengthOf(id); i < count; i++) {
        fresh.push({
          x: xy[2 * i]!,
          y: xy[2 * i + 1]!,
          pressure: pressures === null ? 0.5 : pressures[i]! / 255,
        });
      }
      if (fresh.length > 0) layer.extend(id, fresh);
    }
  }
  for (const id of known) if (!theirs.has(id)) layer.end(id);
  return theirs;
}

export function cursorsOf(peers: readonly RemoteLive[]): OverlayCursor[] {
  const cursors: OverlayCursor[] = [];
  for (const { cursor, name, color } of peers) {
    if (cursor !== null) cursors.push({ at: { x: cursor[0], y: cursor[1] }, name, colour: color });
  }
  return cursors;
}

export function outlinesOf(peers: readonly RemoteLive[], scene: Scene): OverlayOutline[] {
  const outlines: OverlayOutline[] = [];
  for (const { selection, moves, color } of peers) {
    if (selection.length > MOST_OUTLINES) {
      let box = EMPTY_BOX;
      for (const id of selection) {
        const element = scene.get(id);
        if (element !== undefined) box = union(box, boundsOf(element));
      }
      const { minX, minY, maxX, maxY } = box;
      const ring: Vec[] = [
        { x: minX, y: minY },
        { x: maxX, y: minY },
        { x: maxX, y: maxY },
        { x: minX, y: maxY },
      ];
      outlines.push({ ring, colour: color });
      continue;
    }
    for (const id of selection) {
      const element = scene.get(id);
      if (element === undefined) continue;
      const ring = cornersUnderPlace(moves.get(id) ?? element.place, localBoxOf(element));
      outlines.push({ ring, colour: color });
    }
  }
  return outlines;
}
