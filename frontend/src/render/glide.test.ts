import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Camera } from "./camera";
import { approach, Glide, lookAt } from "./glide";

const SIZE = { width: 1000, height: 800 };

/** A camera whose frames come when they are asked for. */
function world(reducedMotion = false) {
  const camera = new Camera();
  let waiting: ((now: number) => void) | null = null;
  let now = 0;
  let taken = 0;
  const glide = new Glide(
    {
      camera,
      size: () => SIZE,
      frame(run) {
        waiting = run;
        return () => {
          waiting = null;
        };
      },
      reducedMotion: () => reducedMotion,
    },
    () => {
      taken++;
    },
  );
  /** Plays the frames that are asked for; answers how many there were. */
  const play = (most = 1000): number => {
    let frames = 0;
    for (; waiting !== null && frames < most; frames++) {
      const run: (now: number) => void = waiting;
      waiting = null;
      now += 16;
      run(now);
    }
    return frames;
  };
  return { camera, glide, play, taken: () => taken };
}

describe("looking at what somebody else sees", () => {
  it("shows all of it, in the middle", () => {
    expect(lookAt([100, 200, 500, 400], SIZE)).toEqual({ x: 100, y: 200, zoom: 2 });
    const { x, y, zoom } = lookAt([0, 0, 1000, 200], SIZE);
    expect([x, y, zoom]).toEqual([0, -300, 1]);
    expect(lookAt([0, 0, 0, 0], SIZE).zoom).toBe(40);
    expect(lookAt([0, 0, 1e7, 1e7], SIZE).zoom).toBe(0.02);
  });

  it("comes nearer with every frame, and there within a second", () => {
    const coordinate = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    const zoom = fc.double({ min: 0.02, max: 40, noNaN: true });
    const look = fc.record({ x: coordinate, y: coordinate, zoom });
    fc.assert(
      fc.property(look, look, (from, to) => {
        let at = from;
        let frames = 0;
        for (; at !== to && frames < 200; frames++) {
          const next = approach(at, to, SIZE, 16);
          const off = (look: typeof at) => Math.abs(Math.log(look.zoom / to.zoom));
          expect(next === to || off(next) <= off(at)).toBe(true);
          at = next;
        }
        // The farthest possible way is 40 times 1e5 units away; e falls by 4e6 / 0.4 px in 16 paces.
        expect(frames).toBeLessThan(120);
      }),
    );
  });

  it("moves the camera in frames and ends exactly there", () => {
    const { camera, glide, play } = world();
    glide.to({ x: 300, y: -40, zoom: 2 });
    expect(play(1)).toBe(1);
    expect(camera.zoom).toBeGreaterThan(1);
    expect(camera.zoom).toBeLessThan(2);
    expect(play()).toBeLessThan(100);
    expect([camera.x, camera.y, camera.zoom]).toEqual([300, -40, 2]);
    expect(play()).toBe(0);
  });

  it("jumps for those who want no motion", () => {
    const { camera, glide, play } = world(true);
    glide.to({ x: 300, y: -40, zoom: 2 });
    expect([camera.x, camera.y, camera.zoom]).toEqual([300, -40, 2]);
    expect(play()).toBe(0);
  });

  it("gives way to a hand on the camera", () => {
    const { camera, glide, play, taken } = world();
    glide.to({ x: 300, y: -40, zoom: 2 });
    play(3);
    expect(taken()).toBe(0);
    camera.panBy(5, 5);
    expect(taken()).toBe(1);
    expect(play()).toBe(0);
  });
});
