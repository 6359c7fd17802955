import { describe, expect, it } from "vitest";
import { square, world } from "./testing/small_world";

describe("a push", () => {
  it("[C1] [C3] that is refused for the moment goes again, in order, and is stored once", () => {
    const { server, clock, page } = world();
    const ann = page("ann");
    ann.client.start();
    clock.advance(100);
    let refusals = 0;
    server.refuse = () =>
      refusals++ < 5 ? { code: "rate", retryable: true, retryAfter: 0.5 } : null;
    for (let i = 0; i < 20; i++) ann.replica.edit([square(`id${i}`)], `g${i}`);
    clock.advance(20_000);
    expect(ann.client.pending.value).toBe(0);
    expect(server.history.map(([, , , , , gesture]) => gesture)).toEqual(
      Array.from({ length: 20 }, (_, i) => `g${i}`),
    );
  });

  it("[C3] waits as long as the server says", () => {
    const { server, clock, page } = world();
    const ann = page("ann");
    ann.client.start();
    clock.advance(100);
    const asked: number[] = [];
    server.refuse = () => {
      asked.push(clock.now());
      return asked.length < 3 ? { code: "unavailable", retryable: true, retryAfter: 2 } : null;
    };
    ann.replica.edit([square("a")], "g1");
    clock.advance(10_000);
    expect(asked).toHaveLength(3);
    for (const i of [1, 2]) expect(asked[i]! - asked[i - 1]!).toBeGreaterThanOrEqual(2000);
  });

  it("[C1] of a client that the store has forgotten goes under a new id", () => {
    const { server, clock, page } = world();
    const ann = page("ann");
    ann.client.start();
    clock.advance(100);
    ann.replica.edit([square("a")], "g1");
    clock.advance(1000);
    server.cids.clear();
    ann.replica.edit([square("b")], "g2");
    clock.advance(5000);
    expect(ann.client.pending.value).toBe(0);
    expect(server.history.map(([, , , cid, n, gesture]) => [cid.length, n, gesture])).toEqual([
      [20, 1, "g1"],
      [20, 1, "g2"],
    ]);
  });

  it("that the server cannot read is found, given up and told; the others are stored", () => {
    const { server, clock, page } = world();
    const ann = page("ann");
    const refused: string[] = [];
    ann.replica.onRefused(({ gesture }) => refused.push(gesture));
    ann.client.start();
    clock.advance(100);
    server.refuse = ([, , , gesture]) => {
      // As a server would that finds nonsense in the frame: it does not even answer.
      if (gesture === "g3") server.hangUpAll(4500);
      return gesture === "g3" ? { code: "rate", retryable: true, retryAfter: 60 } : null;
    };
    for (let i = 0; i < 6; i++) ann.replica.edit([square(`id${i}`)], `g${i}`);
    clock.advance(60_000);
    expect(refused).toEqual(["g3"]);
    expect(ann.client.state.value).toBe("live");
    expect(ann.client.pending.value).toBe(0);
    expect(ann.replica.get("id3")).toBeUndefined();
    expect(server.history).toHaveLength(5);
  });

  it("whose commit does not come makes the page ask again", () => {
    const { server, clock, page } = world();
    const ann = page("ann");
    ann.client.start();
    clock.advance(100);
    const { flush } = server;
    server.flush = () => {};
    ann.replica.edit([square("a")], "g1");
    clock.advance(1000);
    expect(ann.client.pending.value).toBe(1);
    server.flush = flush;
    server.lose(ann.network.wire!);
    clock.advance(30_000);
    expect(ann.client.pending.value).toBe(0);
    expect(ann.network.attempts).toBe(2);
  });

  it("[C10] waits for a link that may change the board: one that may only look does not throw it away", () => {
    const { server, clock, page } = world();
    const ann = page("ann");
    const refused: string[] = [];
    ann.replica.onRefused(({ gesture }) => refused.push(gesture));
    server.role = "viewer";
    server.refuse = () =>
      server.role === "viewer" ? { code: "forbidden", retryable: false, retryAfter: 0 } : null;
    ann.replica.edit([square("a")], "g1");
    ann.client.start();
    clock.advance(60_000);
    expect([ann.client.pending.value, ann.client.mayPush.value, refused]).toEqual([1, false, []]);
    server.role = "editor";
    ann.network.wire?.cut();
    clock.advance(1_000);
    expect([ann.client.pending.value, ann.client.mayPush.value]).toEqual([0, true]);
    expect(server.history).toHaveLength(1);
  });
});
