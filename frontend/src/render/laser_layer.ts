import type { Theme } from "../elements/colours";
import type { Laser } from "../generated/protocol";
import { LASER_MS, LaserTrail, RemoteTrail, type TrailPoint } from "./laser_trail";
import { lineColour } from "./person_marks";
import type { Screen } from "./screen";
import { ViewCanvas } from "./view_canvas";

/** Screen pixels at the pointer; the trail gets thinner towards its end. */
const WIDTH = 6;

interface Pointing {
  readonly peer: string;
  readonly color: string;
  readonly laser: Laser | null;
}

/** The trails of laser pointers, one's own and others', on a canvas of their own that is empty most of the time. */
export class LaserLayer {
  private readonly layer: ViewCanvas;
  private readonly own: LaserTrail[] = [];
  private readonly remote = new Map<string, { color: string; readonly trail: RemoteTrail }>();
  private empty = true;

  /** `ownColour`: #rrggbb of the person at this page. */
  constructor(
    host: HTMLElement,
    private readonly ownColour: () => string,
    private readonly theme: () => Theme,
    private readonly now: () => number,
  ) {
    this.layer = new ViewCanvas(host, "laser", false);
    this.layer.show(false);
  }

  get needsFrame(): boolean {
    return !this.empty || this.own.length > 0 || this.remote.size > 0;
  }

  /** Begins a trail of one's own; what is returned adds points of the world to it. */
  start(): (points: readonly { readonly x: number; readonly y: number }[]) => void {
    const trail = new LaserTrail();
    return (points) => {
      if (!this.own.includes(trail)) this.own.push(trail);
      const at = this.now();
      trail.add(points.map(({ x, y }) => ({ x, y, at })));
    };
  }

  hear(peers: readonly Pointing[]): void {
    for (const { peer, color, laser } of peers) {
      if (laser === null) continue;
      const known = this.remote.get(peer) ?? { color, trail: new RemoteTrail() };
      known.color = color;
      known.trail.hear(laser, this.now());
      this.remote.set(peer, known);
    }
  }

  draw(screen: Screen): void {
    this.layer.fit(screen);
    if (!this.needsFrame) return;
    if (!this.empty) this.layer.clear();
    const now = this.now();
    const ctx = this.layer.ctx;
    ctx.setTransform(screen.pixelRatio, 0, 0, screen.pixelRatio, 0, 0);
    this.empty = true;
    for (const [peer, { color, trail }] of this.remote) {
      if (!trail.fade(now)) this.remote.delete(peer);
      for (const { points } of trail.trails) this.trace(points, color, screen, now);
    }
    for (let i = this.own.length - 1; i >= 0; i--) {
      const trail = this.own[i]!;
      if (!trail.fade(now)) this.own.splice(i, 1);
      this.trace(trail.points, this.ownColour(), screen, now);
    }
    this.layer.show(!this.empty);
  }

  private trace(points: readonly TrailPoint[], color: string, screen: Screen, now: number): void {
    const { ctx } = this.layer;
    ctx.strokeStyle = ctx.fillStyle = lineColour(color, this.theme());
    ctx.lineCap = ctx.lineJoin = "round";
    let before: TrailPoint | null = null;
    for (const point of points) {
      this.empty = false;
      const left = Math.max(0, 1 - (now - point.at) / LASER_MS);
      const x = (point.x - screen.x) * screen.zoom;
      const y = (point.y - screen.y) * screen.zoom;
      ctx.beginPath();
      if (before === null) {
        ctx.arc(x, y, (WIDTH * left) / 2, 0, 2 * Math.PI);
        ctx.fill();
      } else {
        // Thin and opaque instead of faint: pieces that overlap would show.
        ctx.lineWidth = WIDTH * left;
        ctx.moveTo((before.x - screen.x) * screen.zoom, (before.y - screen.y) * screen.zoom);
        ctx.lineTo(x, y);
        ctx.stroke();
      }
      before = point;
    }
  }
}
