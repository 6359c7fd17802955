import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Op, Props } from "../generated/protocol";
import { report, sized } from "../testing/sized";
import { square, world } from "./testing/small_world";
import { picture } from "./testing/world";

const CASES = sized(100, 300);
/** The log reaches back this far: who was away longer gets a snapshot. */
const HORIZON = 20;

const props: fc.Arbitrary<Props> = fc.oneof(
  fc.record({ color: fc.constantFrom("#e03131", "#2f9e44") }),
  fc.record({ opacity: fc.constantFrom(0.2, 0.6) }),
  fc.record({
    place: fc.tuple(fc.nat(500), fc.nat(500), fc.constant(9), fc.constant(9), fc.constant(0)),
  }),
);

const away = fc.record({
  /** What is done to the deleted element offline. */
  edits: fc.array(props, { minLength: 1, maxLength: 6 }),
  /** Whether another, living element is edited in between. */
  others: fc.boolean(),
  /** Deletes that happen meanwhile, the element's own among them. */
  deletes: fc.integer({ min: 1, max: 2 * HORIZON }),
  /** Which of them is the element's. */
  which: fc.nat(2 * HORIZON),
  /** The last edit before the connection breaks is still on its way. */
  pushedBefore: fc.boolean(),
});

describe("an element edited offline that somebody else deletes", () => {
  it(`[D7] S7 stays deleted, before and behind the horizon of the log, in ${CASES} cases`, () => {
    let beyond = 0;
    fc.assert(
      fc.property(away, ({ edits, others, deletes, which, pushedBefore }) => {
        const { server, clock, page } = world();
        const [ann, bob] = [page("ann"), page("bob")];
        for (const { client } of [ann, bob]) client.start();
        clock.advance(100);
        const ids = Array.from({ length: deletes }, (_, i) => `id${i}`);
        const id = ids[which % deletes] as string;
        bob.replica.edit([...ids, "other"].map(square), "all");
        clock.advance(200);
        expect(ann.replica.size).toBe(deletes + 1);

        if (pushedBefore) ann.replica.edit([["set", id, { color: "#1971c2" }]], "before");
        ann.network.unreachable = true;
        ann.network.wire?.cut();
        for (const each of edits) ann.replica.edit([["set", id, each]], "offline");
        if (others) ann.replica.edit([["set", "other", { color: "#e03131" }] as Op], "other");
        for (const each of ids) {
          bob.replica.edit([["delete", each]], `delete ${each}`);
          clock.advance(60);
        }
        clock.advance(200);
        server.trim(HORIZON);
        expect(server.elements.has(id)).toBe(false);
        expect(ann.replica.get(id), "what nobody has told the page is still there").toBeDefined();
        const { snapshots } = ann.client.counters;
        const last = server.seq;

        let isBack = false;
        const watch = () => {
          const told = (ann.replica.position?.seq ?? 0) >= last;
          if (told) isBack ||= ann.replica.get(id) !== undefined;
        };
        ann.replica.subscribe(watch);
        bob.replica.subscribe(() => {
          isBack ||= bob.replica.get(id) !== undefined;
        });
        ann.network.unreachable = false;
        clock.advance(20_000);
        watch();
        expect(isBack, "it came back").toBe(false);
        expect([ann.client.state.value, ann.replica.pending]).toEqual(["live", 0]);
        for (const { replica } of [ann, bob]) {
          expect(picture(replica.elements())).toBe(
            picture([...server.elements.values()].map(({ element }) => element)),
          );
        }
        const isBeyond = deletes > HORIZON;
        if (isBeyond) beyond++;
        expect(ann.client.counters.snapshots - snapshots).toBe(isBeyond ? 1 : 0);
        expect(server.elements.get("other")?.element).toMatchObject(
          others ? { color: "#e03131" } : {},
        );
      }),
      { numRuns: CASES },
    );
    expect(beyond).toBeGreaterThan(0);
    report("S7", "edited offline, deleted meanwhile", { cases: CASES, beyond_horizon: beyond });
  });
});
