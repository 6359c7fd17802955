import type { PeerView } from "../../sync/peers";

/** Somebody's window, doing nothing but what is said. */
export function peerView(peer: string, person: string, said: Partial<PeerView> = {}): PeerView {
  return {
    peer,
    person,
    name: person,
    color: "#aa0000",
    role: "editor",
    cursor: null,
    selection: [],
    viewport: null,
    tool: null,
    inks: new Map(),
    drafts: [],
    moves: new Map(),
    laser: null,
    spotlight: 0,
    following: "",
    availability: "active",
    used: 0,
    ...said,
  };
}
