import type { Element, Place } from "../generated/protocol";
import type { InkLayer } from "./ink_layer";
import type { LaserLayer } from "./laser_layer";
import type { LiveLayer } from "./live_layer";
import type { Overlay } from "./overlay";
import { cursorsOf, followInks, outlinesOf, type RemoteLive } from "./remote";
import type { Scene } from "./scene";

/** What all others do right now, on the layers that show it. */
export class Others {
  private inks: ReadonlySet<string> = new Set();
  private peers: readonly RemoteLive[] = [];
  /** Elements that are dragged, or whose place a draft takes while it lasts. */
  moving: readonly string[] = [];

  constructor(
    private readonly scene: Scene,
    private readonly live: LiveLayer,
    private readonly ink: InkLayer,
    private readonly laser: LaserLayer,
    private readonly overlay: Overlay,
  ) {}

  hear(peers: Iterable<RemoteLive>): void {
    this.peers = [...peers];
    this.laser.hear(this.peers);
    this.inks = followInks(this.ink, this.peers, this.inks);
    const moves = new Map<string, Place>();
    const drafts: Element[] = [];
    for (const peer of this.peers) {
      for (const [id, place] of peer.moves) moves.set(id, place);
      drafts.push(...peer.drafts);
    }
    const drafted = drafts.map(({ id }) => id).filter((id) => this.scene.get(id) !== undefined);
    this.moving = [...moves.keys(), ...drafted];
    this.live.setRemote(drafts, moves);
  }

  /** Cursors, and outlines of what is selected where it is by now. */
  show(): void {
    this.overlay.setPeople(cursorsOf(this.peers), outlinesOf(this.peers, this.scene));
  }

  /** Elements have changed, of which some may be selected. */
  changed(): void {
    if (this.peers.some(({ selection }) => selection.length > 0)) this.show();
  }
}
