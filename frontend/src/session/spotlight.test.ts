import { describe, expect, it } from "vitest";
import type { LiveState } from "../generated/protocol";
import { ManualClock } from "../sync/testing/manual_clock";
import { CALL_MS, Spotlight } from "./spotlight";
import { peerView } from "./testing/peer";

function page() {
  const clock = new ManualClock();
  const said: LiveState[] = [];
  const spotlight = new Spotlight({
    self: "me",
    clock,
    today: () => 1_800_000_000_000,
    live: (patch) => said.push(patch),
  });
  return { clock, said, spotlight };
}

describe("calling everybody", () => {
  it("[L9] stands for a while and is taken back; another call waits for that", () => {
    const { clock, said, spotlight } = page();
    spotlight.callEveryone();
    spotlight.callEveryone();
    expect(said).toEqual([{ spotlight: 1_800_000_000_000 }]);
    expect(spotlight.calling.value).toBe(true);
    clock.advance(CALL_MS);
    expect(said).toEqual([{ spotlight: 1_800_000_000_000 }, { spotlight: 0 }]);
    expect(spotlight.calling.value).toBe(false);
  });

  it("[L9] asks once: not again after an answer, over a new connection of the caller either", () => {
    const { spotlight } = page();
    spotlight.peersChanged([peerView("1", "ana", { spotlight: 5 })], "");
    expect(spotlight.invitation.value).toMatchObject({ person: "ana" });
    spotlight.answered();
    spotlight.peersChanged([peerView("2", "ana", { spotlight: 5, used: 3 })], "");
    expect(spotlight.invitation.value).toBeNull();
    spotlight.peersChanged([peerView("2", "ana", { spotlight: 6 })], "");
    expect(spotlight.invitation.value).toMatchObject({ person: "ana" });
  });

  it("[L9] is over when it is taken back, and when its caller leaves", () => {
    const { spotlight } = page();
    const call = peerView("1", "ana", { spotlight: 5 });
    spotlight.peersChanged([call], "");
    spotlight.peersChanged([{ ...call, spotlight: 0 }], "");
    expect(spotlight.invitation.value).toBeNull();
    spotlight.peersChanged([{ ...call, spotlight: 9 }], "");
    spotlight.peersChanged([], "");
    expect(spotlight.invitation.value).toBeNull();
  });

  it("is not for oneself, nor for who follows already; of two the newest counts", () => {
    const { spotlight } = page();
    spotlight.peersChanged([peerView("1", "me", { spotlight: 5 })], "");
    expect(spotlight.invitation.value).toBeNull();
    spotlight.peersChanged([peerView("1", "ana", { spotlight: 5 })], "ana");
    spotlight.peersChanged([peerView("1", "ana", { spotlight: 5 })], "");
    expect(spotlight.invitation.value).toBeNull();
    const both = [peerView("1", "ben", { spotlight: 8 }), peerView("2", "cleo", { spotlight: 7 })];
    spotlight.peersChanged(both, "");
    expect(spotlight.invitation.value).toMatchObject({ person: "ben" });
  });
});
