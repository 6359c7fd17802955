import { localBoxOf } from "../elements/registry";
import type { Availability, Element, Freedraw, Laser, Place } from "../generated/protocol";
import { EMPTY_BOX, union } from "../geometry/box";
import { cornersUnderPlace, type Vec } from "../geometry/place";
import { decodeArrived } from "../geometry/points";
import type { OverlayCursor } from "./cursors";
import type { InkLayer } from "./ink_layer";
import type { OverlayOutline } from "./person_marks";
import type { Scene } from "./scene";

/** What another person does right now. */
export interface RemoteLive {
  readonly peer: string;
  readonly person: string;
  readonly name: string;
  readonly color: string;
  readonly cursor: readonly [number, number] | null;
  readonly selection: readonly string[];
  readonly inks: ReadonlyMap<string, { readonly element: Element; readonly bytes: Uint8Array }>;
  readonly drafts: readonly Element[];
  readonly moves: ReadonlyMap<string, Place>;
  readonly laser: Laser | null;
  readonly availability: Availability;
}

const HAS_PRESSURE = 1;
/** More elements than this that one person has selected are outlined by one box. */
const MOST_OUTLINES = 60;
/** So are those of everybody who comes after so many. */
const MOST_OUTLINES_OF_ALL = 600;
/** How much is seen of somebody's pointer. */
const PRESENCE = { active: 1, idle: 0.4, away: 0 };

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
  for (const { person, cursor, name, color: colour, availability } of peers) {
    if (cursor === null) continue;
    const at = { x: cursor[0], y: cursor[1] };
    // A newer server may know more words; whoever is not away is there.
    cursors.push({ person, at, name, colour, presence: PRESENCE[availability] ?? 1 });
  }
  return cursors;
}

/** One outline for each person who has something selected, at the places where it is being dragged. */
export function outlinesOf(
  peers: readonly RemoteLive[],
  scene: Pick<Scene, "get">,
): OverlayOutline[] {
  const outlines: OverlayOutline[] = [];
  let count = 0;
  for (const { selection, moves, drafts, color: colour, name } of peers) {
    let rings: Vec[][] = [];
    for (const id of selection) {
      const element = drafts.find((draft) => draft.id === id) ?? scene.get(id);
      if (element === undefined) continue;
      rings.push(cornersUnderPlace(moves.get(id) ?? element.place, localBoxOf(element)));
    }
    if (rings.length === 0) continue;
    if (rings.length > MOST_OUTLINES || count + rings.length > MOST_OUTLINES_OF_ALL) {
      rings = [around(rings.flat())];
    }
    count += rings.length;
    outlines.push({ rings, name, colour });
  }
  return outlines;
}

function around(points: readonly Vec[]): Vec[] {
  let box = EMPTY_BOX;
  for (const { x, y } of points) box = union(box, { minX: x, minY: y, maxX: x, maxY: y });
  const { minX, minY, maxX, maxY } = box;
  return [
    { x: minX, y: minY },
    { x: maxX, y: minY },
    { x: maxX, y: maxY },
    { x: minX, y: maxY },
  ];
}
