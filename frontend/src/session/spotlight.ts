import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { LiveState } from "../generated/protocol";
import type { PeerView } from "../sync/peers";
import type { Clock } from "../sync/ports";
import type { Leader } from "../ui/board/board_model";
import { frontsOf } from "./people";

/** A call stands for so long: who comes within that time is asked too. */
export const CALL_MS = 20_000;

export interface SpotlightWorld {
  readonly self: string;
  readonly clock: Clock;
  /** Unix time in ms. */
  readonly today: () => number;
  live(patch: LiveState): void;
}

/** Calling everybody to follow, and being called (rule L9). */
export class Spotlight {
  readonly #world: SpotlightWorld;
  readonly #calling = signal(false);
  readonly #invitation = signal<Leader | null>(null);
  /** Calls that need no answer any more, as `person stamp`. */
  readonly #answered = new Set<string>();
  #call = "";

  constructor(world: SpotlightWorld) {
    this.#world = world;
  }

  /** Whether one's own call stands. */
  get calling(): ReadonlySignal<boolean> {
    return this.#calling;
  }

  /** Who asks to be followed. */
  get invitation(): ReadonlySignal<Leader | null> {
    return this.#invitation;
  }

  /** Asks everybody, unless that was done a moment ago. */
  callEveryone(): void {
    if (this.#calling.value) return;
    const { clock, today, live } = this.#world;
    this.#calling.value = true;
    live({ spotlight: today() });
    clock.later(CALL_MS, () => {
      this.#calling.value = false;
      live({ spotlight: 0 });
    });
  }

  /** Looks who calls; `following`: whom one follows already. */
  peersChanged(peers: Iterable<PeerView>, following: string): void {
    let newest: PeerView | null = null;
    for (const peer of frontsOf([...peers].filter(({ spotlight }) => spotlight > 0)).values()) {
      if (peer.person === this.#world.self) continue;
      if (peer.person === following) this.#answered.add(callOf(peer));
      if (this.#answered.has(callOf(peer))) continue;
      if (newest === null || peer.spotlight > newest.spotlight) newest = peer;
    }
    const call = newest === null ? "" : callOf(newest);
    if (call === this.#call) return;
    this.#call = call;
    this.#invitation.value = newest && {
      person: newest.person,
      name: newest.name,
      color: newest.color,
    };
  }

  /** The invitation was answered, with whatever: the same call does not ask again. */
  answered(): void {
    if (this.#call !== "") this.#answered.add(this.#call);
    this.#call = "";
    this.#invitation.value = null;
  }
}

function callOf({ person, spotlight }: PeerView): string {
  return `${person} ${spotlight}`;
}
