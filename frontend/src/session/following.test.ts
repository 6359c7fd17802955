import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LiveState } from "../generated/protocol";
import { Camera } from "../render/camera";
import type { PeerView } from "../sync/peers";
import { ManualClock } from "../sync/testing/manual_clock";
import { Following, leadsTo, PATIENCE_MS } from "./following";
import { frontsOf } from "./people";
import { peerView } from "./testing/peer";

const SIZE = { width: 1000, height: 800 };

/** One person's page, with what it was told of the others; words wait until they are delivered. */
class Page {
  readonly camera = new Camera();
  readonly known = new Map<string, PeerView>();
  readonly said: LiveState[] = [];
  readonly words: string[] = [];
  readonly following: Following;

  constructor(
    readonly person: string,
    readonly clock: ManualClock,
  ) {
    this.following = new Following({
      self: person,
      clock,
      camera: this.camera,
      size: () => SIZE,
      frame: () => () => {},
      reducedMotion: () => true,
      peers: () => this.known.values(),
      live: (patch) => this.said.push(patch),
      ended: (why, { name }) => this.words.push(`${why} ${name}`),
    });
    this.camera.subscribe(() => {
      const { x, y, zoom } = this.camera;
      this.said.push({ viewport: [x, y, SIZE.width / zoom, SIZE.height / zoom] });
    });
  }

  get leader(): string | undefined {
    return this.following.leader.value?.person;
  }

  hear(person: string, said: Partial<PeerView>): void {
    this.known.set(person, { ...(this.known.get(person) ?? peerView(person, person)), ...said });
    this.following.peersChanged();
  }

  miss(person: string): void {
    this.known.delete(person);
    this.following.peersChanged();
  }
}

/** Pages that hear each other's words in order, but late. */
class Board {
  readonly clock = new ManualClock();
  readonly pages: Page[];
  readonly #heard = new Map<string, number>();

  constructor(...people: string[]) {
    this.pages = people.map((person) => new Page(person, this.clock));
    for (const page of this.pages) {
      for (const other of people) {
        if (other !== page.person) page.hear(other, { viewport: [0, 0, 1000, 800] });
      }
    }
  }

  /** Delivers the next word of one page to another; whether there was any. */
  deliver(from: Page, to: Page): boolean {
    const key = `${from.person} ${to.person}`;
    const at = this.#heard.get(key) ?? 0;
    const word = from.said[at];
    if (from === to || word === undefined) return false;
    this.#heard.set(key, at + 1);
    to.hear(from.person, word as { readonly viewport?: PeerView["viewport"] });
    return true;
  }

  /** Delivers everything; answers how many words that were. */
  settle(most = 500): number {
    let count = 0;
    for (let any = true; any && count < most; ) {
      any = false;
      for (const from of this.pages) {
        for (const to of this.pages) {
          if (this.deliver(from, to)) {
            any = true;
            count++;
          }
        }
      }
    }
    return count;
  }
}

function two(): { board: Board; ana: Page; ben: Page } {
  const board = new Board("ana", "ben");
  const [ana, ben] = board.pages as [Page, Page];
  return { board, ana, ben };
}

describe("following", () => {
  it("looks where the other looks, whole, on a screen of any size", () => {
    const { ana } = two();
    ana.hear("ben", { viewport: [100, 100, 500, 100] });
    ana.following.start("ben");
    expect([ana.camera.x, ana.camera.y, ana.camera.zoom]).toEqual([100, -50, 2]);
    ana.hear("ben", { viewport: [0, 0, 1000, 800] });
    expect([ana.camera.x, ana.camera.y, ana.camera.zoom]).toEqual([0, 0, 1]);
    expect(ana.said[0]).toEqual({ following: "ben" });
  });

  it("takes the window that its person used last", () => {
    const { ana } = two();
    ana.following.start("ben");
    const second = peerView("ben-2", "ben", { used: 9, viewport: [500, 0, 1000, 800] });
    ana.known.set("ben-2", second);
    ana.following.peersChanged();
    expect(ana.camera.x).toBe(500);
  });

  it("ends when one moves the camera oneself, and is told", () => {
    const { ana } = two();
    ana.following.start("ben");
    ana.camera.panBy(10, 0);
    expect(ana.leader).toBeUndefined();
    expect(ana.said).toContainEqual({ following: "" });
    ana.hear("ben", { viewport: [700, 0, 1000, 800] });
    expect(ana.camera.x).toBe(-10);
    expect(ana.words).toEqual([]);
  });

  it("ends with a word when the leader has left, but waits for one who connects anew", () => {
    const { board, ana } = two();
    ana.following.start("ben");
    ana.miss("ben");
    board.clock.advance(PATIENCE_MS - 1);
    ana.hear("ben", { viewport: [50, 0, 1000, 800] });
    expect([ana.leader, ana.camera.x]).toEqual(["ben", 50]);
    ana.miss("ben");
    board.clock.advance(PATIENCE_MS);
    expect(ana.leader).toBeUndefined();
    expect(ana.words).toEqual(["left ben"]);
  });

  it("is not for oneself nor for who is not there", () => {
    const { ana } = two();
    ana.following.start("ana");
    ana.following.start("nobody");
    expect(ana.said).toEqual([]);
  });

  it("looks there once without following", () => {
    const { ana } = two();
    ana.hear("ben", { viewport: [300, 0, 1000, 800] });
    ana.following.visit("ben");
    expect([ana.camera.x, ana.leader]).toEqual([300, undefined]);
    ana.hear("ben", { viewport: [600, 0, 1000, 800] });
    expect(ana.camera.x).toBe(300);
  });

  it("[L11] in a circle ends for who followed first, and the other leads", () => {
    const { board, ana, ben } = two();
    ben.following.start("ana");
    board.settle();
    ana.following.start("ben");
    board.settle();
    expect([ana.leader, ben.leader]).toEqual(["ben", undefined]);
    expect(ben.words).toEqual(["circle ana"]);
    ben.camera.panBy(-40, 0);
    board.settle();
    expect(ana.camera.x).toBe(40);
  });

  it("[L11] in a circle of three ends for the one whose leader closed it", () => {
    const board = new Board("ana", "ben", "cleo");
    const [ana, ben, cleo] = board.pages as [Page, Page, Page];
    ben.following.start("cleo");
    board.settle();
    cleo.following.start("ana");
    board.settle();
    ana.following.start("ben");
    board.settle();
    expect([ana.leader, ben.leader, cleo.leader]).toEqual(["ben", "cleo", undefined]);
  });

  it("[L11] never goes in circles for good, whoever follows whom and however late words come", () => {
    const act = fc.record({
      page: fc.nat(3),
      what: fc.constantFrom("start", "start", "pan", "deliver", "deliver", "deliver"),
      other: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const board = new Board("ana", "ben", "cleo", "dan");
        for (const { page, what, other } of acts) {
          const one = board.pages[page]!;
          const two = board.pages[other]!;
          if (what === "start") one.following.start(two.person);
          else if (what === "pan") one.camera.panBy(10 + page, 0);
          else board.deliver(one, two);
        }
        expect(board.settle(2000)).toBeLessThan(2000);
        board.clock.advance(PATIENCE_MS);
        expect(board.settle(2000)).toBeLessThan(2000);
        const fronts = frontsOf(
          board.pages.map(({ person, leader }) =>
            peerView(person, person, { following: leader ?? "" }),
          ),
        );
        for (const { person } of board.pages) expect(leadsTo(fronts, person, person)).toBe(false);
      }),
      {
        numRuns: 1000,
        // Each of three had heard of two steps and not of the third: all waited for another.
        examples: [
          [
            [
              { page: 0, what: "start", other: 2 },
              { page: 3, what: "start", other: 0 },
              { page: 2, what: "start", other: 3 },
              { page: 3, what: "deliver", other: 2 },
            ],
          ],
        ],
      },
    );
  });
});
