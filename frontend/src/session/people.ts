import type { Role } from "../generated/protocol";
import type { PeerView } from "../sync/peers";
import type { Person } from "../ui/board/board_model";
import type { Me } from "./identity";

/** Who is here: one person with several windows is one person; oneself comes last. */
export function peopleOf(peers: Iterable<PeerView>, me: Me, role: Role | null): readonly Person[] {
  const people = new Map<string, Person>();
  let ownWindows = 1;
  for (const { person, name, color, role: theirs } of peers) {
    if (person === me.person) {
      ownWindows++;
      continue;
    }
    const windows = (people.get(person)?.windows ?? 0) + 1;
    people.set(person, { person, name, color, role: theirs, isMe: false, windows });
  }
  const others = [...people.values()].sort((a, b) => a.name.localeCompare(b.name));
  return [...others, { ...me, role: role ?? "editor", isMe: true, windows: ownWindows }];
}
