import type { Role } from "../generated/protocol";
import type { PeerView } from "../sync/peers";
import type { Person } from "../ui/board/board_model";
import type { Me } from "./identity";

/** A person's window that was used last: its cursor, selection and view are the person's. */
export function frontsOf(peers: Iterable<PeerView>): Map<string, PeerView> {
  const fronts = new Map<string, PeerView>();
  for (const peer of peers) {
    const other = fronts.get(peer.person);
    if (other === undefined || peer.used > other.used) fronts.set(peer.person, peer);
  }
  return fronts;
}

/** Who is here: one person with several windows is one person; oneself comes last. */
export function peopleOf(peers: Iterable<PeerView>, me: Me, role: Role | null): readonly Person[] {
  const windows = new Map<string, PeerView[]>();
  for (const peer of peers) windows.set(peer.person, [...(windows.get(peer.person) ?? []), peer]);
  const people: Person[] = [];
  for (const [person, theirs] of windows) {
    const front = frontsOf(theirs).get(person);
    if (front === undefined || person === me.person) continue;
    const { name, color, role, following } = front;
    people.push({
      person,
      name,
      color,
      role,
      following,
      isMe: false,
      windows: theirs.length,
      isDrawing: theirs.some(({ inks, drafts }) => inks.size + drafts.length > 0),
      availability: mostPresent(theirs),
    });
  }
  people.sort((a, b) => a.name.localeCompare(b.name));
  const own = windows.get(me.person)?.length ?? 0;
  const isHere = { isDrawing: false, availability: "active", following: "" } as const;
  return [...people, { ...me, ...isHere, role: role ?? "editor", isMe: true, windows: own + 1 }];
}

/**
 * What of the others is shown on the board: of a person's windows only the one used last has a cursor and a
 * selection, and one's own other windows have none; what they draw is seen of all.
 */
export function shownPeers(peers: readonly PeerView[], self: string): PeerView[] {
  const fronts = frontsOf(peers);
  return peers.map((peer) => {
    const isFront = peer.person !== self && fronts.get(peer.person) === peer;
    return isFront ? peer : { ...peer, cursor: null, selection: [] };
  });
}

function mostPresent(windows: readonly PeerView[]): Person["availability"] {
  const all = windows.map(({ availability }) => availability);
  return (["active", "idle"] as const).find((each) => all.includes(each)) ?? "away";
}
