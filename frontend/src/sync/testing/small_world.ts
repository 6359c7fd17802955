import type { Op } from "../../generated/protocol";
import { Dice } from "../../testing/dice";
import { Replica } from "../replica";
import { SyncClient } from "../sync_client";
import { FaultyNetwork } from "./faulty_network";
import { ManualClock } from "./manual_clock";
import { MemoryJournal } from "./memory_journal";
import { ModelServer } from "./model_server";

export const square = (id: string): Op => [
  "put",
  { type: "rectangle", id, place: [0, 0, 100, 50, 0], z: "a0" },
];

/** A server, a clock, and as many pages as a test opens. */
export function world() {
  const server = new ModelServer();
  const clock = new ManualClock();
  let seed = 1;
  const page = (name: string) => {
    const random = new Dice(seed++).next;
    const journal = new MemoryJournal();
    const replica = new Replica({ journal, random });
    const network = new FaultyNetwork(server, clock);
    let nudge = () => {};
    const client = new SyncClient({
      board: "board-0001",
      token: "",
      session: `session-of-${name}-000`,
      person: `person-${name}`,
      name,
      color: "#1971c2",
      replica,
      openSocket: network.openSocket,
      clock,
      random,
      nudges: (call) => {
        nudge = call;
        return () => {
          nudge = () => {};
        };
      },
    });
    return { replica, client, network, journal, nudge: () => nudge() };
  };
  return { server, clock, page };
}
