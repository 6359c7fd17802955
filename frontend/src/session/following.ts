import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { LiveState } from "../generated/protocol";
import { Glide, type GlideWorld, lookAt } from "../render/glide";
import type { PeerView } from "../sync/peers";
import type { Clock } from "../sync/ports";
import type { Leader } from "../ui/board/board_model";
import { frontsOf } from "./people";

/** A leader who is gone for less than this, in ms, only connects anew. */
export const PATIENCE_MS = 4000;

export interface FollowingWorld extends GlideWorld {
  readonly self: string;
  readonly clock: Clock;
  peers(): Iterable<PeerView>;
  live(patch: LiveState): void;
  /** It ended by itself: the leader left, or began to follow this page. */
  ended(why: "left" | "circle", leader: Leader): void;
}

/** The camera goes where somebody else looks, until the person here moves it (rule L11). */
export class Following {
  readonly #world: FollowingWorld;
  readonly #glide: Glide;
  readonly #leader = signal<Leader | null>(null);
  /** Whom the leader follows in turn, while that does not lead back here or did from the beginning. */
  #leadersLeader = "";
  #seen: PeerView["viewport"] = null;
  #stopWaiting: (() => void) | null = null;
  #stopPondering: (() => void) | null = null;

  constructor(world: FollowingWorld) {
    this.#world = world;
    this.#glide = new Glide(world, () => this.stop());
  }

  get leader(): ReadonlySignal<Leader | null> {
    return this.#leader;
  }

  start(person: string): void {
    const fronts = frontsOf(this.#world.peers());
    const front = fronts.get(person);
    if (front === undefined || person === this.#world.self) return;
    this.stop();
    this.#leader.value = { person, name: front.name, color: front.color };
    this.#leadersLeader = front.following;
    this.#world.live({ following: person });
    this.peersChanged();
  }

  stop(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    this.#noCircle();
    this.#seen = null;
    this.#glide.stop();
    if (this.#leader.value === null) return;
    this.#leader.value = null;
    this.#world.live({ following: "" });
  }

  /** Looks once at what somebody looks at. */
  visit(person: string): void {
    const viewport = frontsOf(this.#world.peers()).get(person)?.viewport;
    if (!viewport) return;
    this.stop();
    this.#glide.to(lookAt(viewport, this.#world.size()));
  }

  /** To be called with every change of the peers. */
  peersChanged(): void {
    const leader = this.#leader.peek();
    if (leader === null) return;
    const fronts = frontsOf(this.#world.peers());
    const front = fronts.get(leader.person);
    if (front === undefined) {
      this.#stopWaiting ??= this.#world.clock.later(PATIENCE_MS, () => this.#end("left", leader));
      return;
    }
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    const { name, color, viewport } = front;
    if (name !== leader.name || color !== leader.color) {
      this.#leader.value = { person: leader.person, name, color };
    }
    if (leadsTo(fronts, leader.person, this.#world.self)) {
      // Whose leader closed the circle gives way: they followed before. The others wait for that.
      if (front.following !== this.#leadersLeader) this.#end("circle", leader);
      else
        this.#stopPondering ??= this.#world.clock.later(PATIENCE_MS, () => this.#giveWay(leader));
      return;
    }
    this.#noCircle();
    this.#leadersLeader = front.following;
    if (viewport === null || viewport === this.#seen) return;
    this.#seen = viewport;
    this.#glide.to(lookAt(viewport, this.#world.size()));
  }

  #noCircle(): void {
    this.#stopPondering?.();
    this.#stopPondering = null;
  }

  /** Words that came late have made each of a circle wait for another: the one with the first id gives way. */
  #giveWay(leader: Leader): void {
    this.#stopPondering = null;
    const { self } = this.#world;
    const fronts = frontsOf(this.#world.peers());
    for (let next = leader.person; next !== self; next = fronts.get(next)?.following ?? self) {
      if (next < self) return;
    }
    this.#end("circle", leader);
  }

  #end(why: "left" | "circle", leader: Leader): void {
    this.stop();
    this.#world.ended(why, leader);
  }
}

/** Whether somebody follows a person, directly or by following others who do. */
export function leadsTo(fronts: ReadonlyMap<string, PeerView>, from: string, to: string): boolean {
  const met = new Set<string>();
  for (let next = from; next !== "" && !met.has(next); ) {
    met.add(next);
    next = fronts.get(next)?.following ?? "";
    if (next === to) return true;
  }
  return false;
}
