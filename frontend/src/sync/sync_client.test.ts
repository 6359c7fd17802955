import { describe, expect, it } from "vitest";
import type { ClientFrame } from "../generated/protocol";
import { TAG } from "../generated/protocol";
import { encodeFrame } from "../wire/codec";
import type { Fault } from "./testing/faulty_network";
import { square, world } from "./testing/small_world";

describe("a page and a server", () => {
  it("[H5] [C4] show an edit at once, and to others once it is stored", async () => {
    const { server, clock, page } = world();
    const [ann, bob] = [page("ann"), page("bob")];
    for (const { client } of [ann, bob]) {
      client.start();
      expect(client.state.value).toBe("connecting");
    }
    clock.advance(100);
    for (const { client } of [ann, bob]) expect(client.state.value).toBe("live");
    ann.replica.edit([square("one")], "g1");
    expect(ann.replica.get("one")?.type).toBe("rectangle");
    expect(ann.client.pending.value).toBe(1);
    expect(bob.replica.get("one")).toBeUndefined();
    clock.advance(100);
    expect(ann.client.pending.value).toBe(0);
    expect(bob.replica.get("one")).toEqual(ann.replica.get("one"));
    expect(await bob.replica.digest()).toEqual(await ann.replica.digest());
    expect(server.history).toHaveLength(1);
  });

  it("tell role, worker, title and the name among peers", () => {
    const { server, clock, page } = world();
    server.title = "Plans";
    const { client } = page("ann");
    client.start();
    clock.advance(100);
    expect(client.role.value).toBe("editor");
    expect(client.worker.value).toBe("worker-1");
    expect(client.peer.value).toBe("peer-0001");
    expect(client.title.value).toBe("Plans");
  });

  it("[L4] show each other, and what each is doing", () => {
    const { clock, page } = world();
    const [ann, bob] = [page("ann"), page("bob")];
    let told = 0;
    bob.client.onPeers(() => told++);
    for (const { client } of [ann, bob]) client.start();
    clock.advance(100);
    ann.client.sendLive({ cursor: [3, 4] });
    clock.advance(100);
    expect([...bob.client.peers.values()]).toMatchObject([{ name: "ann", cursor: [3, 4] }]);
    expect(told).toBe(1);
    ann.client.stop();
    clock.advance(100);
    expect(bob.client.peers.size).toBe(0);
  });

  it("[L1] show what is dragged at its new place without a moment at the old one", () => {
    const { clock, page } = world();
    const [ann, bob] = [page("ann"), page("bob")];
    for (const { client } of [ann, bob]) client.start();
    clock.advance(100);
    ann.replica.edit([square("one")], "g1");
    clock.advance(100);
    const place = [500, 0, 10, 10, 0] as const;
    ann.client.sendLive({ moves: [["one", place]] });
    clock.advance(100);
    const seen: unknown[] = [];
    const look = () => {
      const [peer] = bob.client.peers.values();
      seen.push(peer?.moves.get("one") ?? bob.replica.get("one")?.place);
    };
    bob.client.onPeers(look);
    bob.replica.subscribe(look);
    ann.replica.edit([["set", "one", { place }]], "g2");
    ann.client.sendLive({ moves: [] });
    clock.advance(2000);
    expect([...bob.client.peers.values()][0]?.moves.size).toBe(0);
    expect(new Set(seen.map(String))).toEqual(new Set([String(place)]));
    expect(seen.length).toBeGreaterThan(1);
  });

  it("keep what is edited offline, and push it on return", () => {
    const { server, clock, page } = world();
    const ann = page("ann");
    ann.client.start();
    clock.advance(100);
    ann.network.faults = Array.from({ length: 4 }, (): Fault => ({ kind: "throws" }));
    ann.network.wire?.cut();
    for (let i = 0; i < 50; i++) ann.replica.edit([square(`id${i}`)], `g${i}`);
    expect(ann.client.state.value).toBe("offline");
    expect(ann.client.pending.value).toBe(50);
    clock.advance(30_000);
    expect(ann.client.state.value).toBe("live");
    expect(ann.client.pending.value).toBe(0);
    expect(server.history.map(([, , , , , gesture]) => gesture)).toEqual(
      Array.from({ length: 50 }, (_, i) => `g${i}`),
    );
  });

  it("make a new connection to tell a new name, and resume", () => {
    const { clock, page } = world();
    const [ann, bob] = [page("ann"), page("bob")];
    for (const { client } of [ann, bob]) client.start();
    clock.advance(100);
    ann.client.rename("Annabel", "#e03131");
    clock.advance(100);
    ann.client.sendLive({ cursor: [1, 1] });
    clock.advance(100);
    expect([...bob.client.peers.values()]).toMatchObject([{ name: "Annabel", color: "#e03131" }]);
    expect(ann.client.counters.snapshots).toBe(1);
  });
});

describe("a connection that fails", () => {
  it("[H7] comes back with the missed commits only", () => {
    const { clock, page } = world();
    const [ann, bob] = [page("ann"), page("bob")];
    for (const { client } of [ann, bob]) client.start();
    clock.advance(100);
    bob.network.wire?.cut();
    ann.replica.edit([square("one")], "g1");
    clock.advance(15_000);
    expect(bob.replica.get("one")).toBeDefined();
    expect(bob.client.counters.snapshots).toBe(1);
  });

  it("[C5] comes back with a snapshot where the log has been trimmed", () => {
    const { server, clock, page } = world();
    const [ann, bob] = [page("ann"), page("bob")];
    for (const { client } of [ann, bob]) client.start();
    clock.advance(100);
    bob.network.wire?.cut();
    ann.replica.edit([square("one")], "g1");
    clock.advance(40);
    server.trim(0);
    clock.advance(15_000);
    expect(bob.replica.get("one")).toBeDefined();
    expect(bob.client.counters.snapshots).toBe(2);
  });

  it("is seen within 15 s when it is half open, sooner when the page is looked at", () => {
    const { clock, page } = world();
    const ann = page("ann");
    ann.network.faults = [{ kind: "half-open", after: 3 }];
    ann.client.start();
    clock.advance(100);
    expect(ann.network.attempts).toBe(1);
    clock.advance(15_000);
    expect(ann.network.attempts).toBe(2);
    clock.advance(100);
    expect(ann.client.state.value).toBe("live");
    ann.network.wire?.closeByClient();
    ann.nudge();
    clock.advance(3_500);
    expect(ann.network.attempts).toBe(3);
  });

  it("is given up where the server says so, with the reason, until the person asks", () => {
    const { clock, page } = world();
    const ann = page("ann");
    ann.network.faults = [{ kind: "closes", code: 4504, after: 0 }];
    ann.client.start();
    clock.advance(600_000);
    expect(ann.network.attempts).toBe(1);
    expect(ann.client.state.value).toBe("offline");
    expect(ann.client.problem.value).toEqual({ kind: "no-such-board", code: 4504 });
    ann.client.retry();
    clock.advance(100);
    expect(ann.client.state.value).toBe("live");
    expect(ann.client.problem.value).toBeNull();
  });

  it("[H8] is left to the page that was opened elsewhere", () => {
    const { clock, page } = world();
    const ann = page("ann");
    ann.client.start();
    clock.advance(100);
    ann.network.wire?.cut(4009);
    clock.advance(600_000);
    ann.nudge();
    expect(ann.network.attempts).toBe(1);
    expect(ann.client.problem.value?.kind).toBe("opened-elsewhere");
  });

  it("is begun again where commits leave a gap, at last without the position", () => {
    const { server, clock, page } = world();
    const [ann, bob] = [page("ann"), page("bob")];
    for (const { client } of [ann, bob]) client.start();
    clock.advance(100);
    const edit = (id: string) => {
      ann.replica.edit([square(id)], id);
      clock.advance(100);
    };
    ann.replica.edit([square("one")], "one");
    const { flush } = server;
    server.flush = () => {};
    clock.advance(40);
    server.flush = flush;
    server.lose(bob.network.wire!);
    edit("two");
    expect(bob.client.counters).toMatchObject({ gaps: 1, snapshots: 1 });
    clock.advance(10_000);
    expect([...bob.replica.elements()].map(({ id }) => id)).toEqual(["one", "two"]);
    // Now the server loses something each time, right after the greeting.
    const { receive } = server;
    server.receive = (line, data) => {
      receive.call(server, line, data);
      if (data[1] === TAG.hello) server.lose(line);
    };
    bob.network.wire?.cut();
    edit("three");
    clock.advance(10_000);
    expect(bob.replica.size).toBe(2);
    edit("four");
    clock.advance(10_000);
    edit("five");
    clock.advance(20_000);
    edit("six");
    clock.advance(20_000);
    expect(bob.replica.size).toBe(6);
    expect(bob.client.counters.snapshots).toBe(2);
    expect(bob.client.state.value).toBe("live");
  });
});

describe("live states", () => {
  it("[L2] of a stroke that is being drawn go again from the beginning after a reconnect", () => {
    const { clock, page } = world();
    const [ann, bob] = [page("ann"), page("bob")];
    for (const { client } of [ann, bob]) client.start();
    clock.advance(100);
    const element = { type: "freedraw", id: "s", place: [0, 0, 1, 1, 0], z: "a0" } as const;
    const bytes = (...data: number[]) => new Uint8Array(data);
    const inkSeen = () => [...([...bob.client.peers.values()][0]?.inks.get("s")?.bytes ?? [])];
    ann.client.sendLive({
      ink: [{ id: "s", offset: 0, data: bytes(0, 4, 2), element: { ...element, points: bytes() } }],
    });
    clock.advance(100);
    expect(inkSeen()).toEqual([0, 4, 2]);
    ann.network.wire?.cut();
    ann.client.sendLive({ ink: [{ id: "s", offset: 3, data: bytes(2) }] });
    clock.advance(5_000);
    expect(inkSeen()).toEqual([0, 4, 2, 2]);
    ann.replica.edit([["put", { ...element, points: bytes(0, 4, 2, 2) }]], "g1");
    clock.advance(100);
    expect(bob.replica.get("s")).toBeDefined();
    expect(inkSeen()).toEqual([]);
  });

  it("[L6] go out at most sixty times a second", () => {
    const { server, clock, page } = world();
    const ann = page("ann");
    ann.client.start();
    clock.advance(100);
    let frames = 0;
    const { receive } = server;
    server.receive = (line, data) => {
      if (data[1] === TAG.live) frames++;
      receive.call(server, line, data);
    };
    for (let i = 0; i < 1000; i++) {
      ann.client.sendLive({ cursor: [i, 0] });
      clock.advance(1);
    }
    clock.advance(100);
    expect(frames).toBeGreaterThan(50);
    expect(frames).toBeLessThanOrEqual(61);
  });
});

describe("a frame that nobody can read", () => {
  it("makes the page connect again, and is counted", () => {
    const { clock, page } = world();
    const ann = page("ann");
    ann.client.start();
    clock.advance(100);
    ann.network.wire?.deliver(encodeFrame([99] as unknown as ClientFrame));
    clock.advance(10_000);
    expect(ann.client.counters.unreadableFrames).toBe(1);
    expect(ann.client.state.value).toBe("live");
    expect(ann.network.attempts).toBe(2);
  });

  it("in part is read in part, and the board goes on", () => {
    const { clock, page } = world();
    const ann = page("ann");
    ann.client.start();
    clock.advance(100);
    const commit = [1, 0, "p", "c", 1, "", [["explode"], square("a")]];
    ann.network.wire?.deliver(encodeFrame([TAG.batch, [commit], [], []] as unknown as ClientFrame));
    clock.advance(100);
    expect(ann.client.counters.unreadableRecords).toBe(1);
    expect(ann.replica.get("a")).toBeDefined();
    expect(ann.client.state.value).toBe("live");
  });
});
