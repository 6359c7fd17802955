import { describe, expect, it } from "vitest";
import type { Op } from "../generated/protocol";
import { Dice } from "../testing/dice";
import { NO_JOURNAL } from "./journal";
import { Replica } from "./replica";
import { SyncClient } from "./sync_client";
import { ManualClock } from "./testing/manual_clock";
import { ModelNetwork } from "./testing/model_network";
import { ModelServer } from "./testing/model_server";

function page(server: ModelServer, clock: ManualClock, name: string, seed: number) {
  const dice = new Dice(seed);
  const replica = new Replica({ journal: NO_JOURNAL, random: dice.next });
  const network = new ModelNetwork(server);
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
    random: dice.next,
  });
  const flow = () => {
    network.wire?.open();
    for (let i = 0; i < 20; i++) {
      network.wire?.flowUp(100);
      server.flush();
      network.wire?.flowDown(100);
    }
  };
  return { replica, client, network, flow };
}

const square = (id: string): Op => [
  "put",
  { type: "rectangle", id, place: [0, 0, 100, 50, 0], z: "a0" },
];

describe("a page and a server", () => {
  it("shows an edit at once, and to others once it is stored", async () => {
    const server = new ModelServer();
    const clock = new ManualClock();
    const ann = page(server, clock, "ann", 1);
    const bob = page(server, clock, "bob", 2);
    for (const each of [ann, bob]) {
      each.client.start();
      expect(each.client.state.value).toBe("connecting");
      each.flow();
      expect(each.client.state.value).toBe("live");
    }
    ann.replica.edit([square("one")], "g1");
    expect(ann.replica.get("one")?.type).toBe("rectangle");
    expect(ann.replica.pending).toBe(1);
    expect(bob.replica.get("one")).toBeUndefined();
    ann.flow();
    bob.flow();
    expect(ann.replica.pending).toBe(0);
    expect(bob.replica.get("one")).toEqual(ann.replica.get("one"));
    expect(await bob.replica.digest()).toEqual(await ann.replica.digest());
  });
});
