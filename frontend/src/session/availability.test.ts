import { describe, expect, it } from "vitest";
import { ManualClock } from "../sync/testing/manual_clock";
import { Availability, AWAY_MS, IDLE_MS } from "./availability";

function page() {
  const clock = new ManualClock();
  const said: string[] = [];
  return { clock, said, here: new Availability(clock, (word) => said.push(word)) };
}

describe("whether somebody is at the page", () => {
  it("[L10] is told when a minute passed without input, and when there is input again", () => {
    const { clock, said, here } = page();
    clock.advance(IDLE_MS - 1);
    here.input();
    clock.advance(IDLE_MS - 1);
    expect(said).toEqual([]);
    clock.advance(1);
    expect(said).toEqual(["idle"]);
    clock.advance(10 * AWAY_MS);
    expect(said).toEqual(["idle"]);
    here.input();
    here.input();
    expect(said).toEqual(["idle", "active"]);
  });

  it("[L10] is told when the page is hidden, has been for ten minutes, and is seen again", () => {
    const { clock, said, here } = page();
    here.visible(false);
    expect(said).toEqual(["idle"]);
    clock.advance(AWAY_MS - 1);
    expect(said).toEqual(["idle"]);
    clock.advance(1);
    expect(said).toEqual(["idle", "away"]);
    here.visible(true);
    expect(said).toEqual(["idle", "away", "active"]);
    clock.advance(IDLE_MS);
    expect(said).toEqual(["idle", "away", "active", "idle"]);
  });
});
