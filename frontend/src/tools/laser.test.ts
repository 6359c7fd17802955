import { describe, expect, it } from "vitest";
import { MAX_LASER_BYTES } from "../generated/limits";
import { decodePoints } from "../geometry/points";
import { TestBoard } from "./testing/board";

function pointing() {
  const board = new TestBoard();
  board.editor.setTool("laser");
  const words = () => board.live.flatMap(({ laser }) => laser ?? []);
  const last = () => {
    const { trail, first = 0, points } = words().at(-1)!;
    return { trail, first, points: decodePoints(points ?? new Uint8Array(0)) };
  };
  return { board, words, last };
}

describe("the laser pointer", () => {
  it("[L8] shows here and to others where it points, and changes nothing", () => {
    const { board, last } = pointing();
    board.down(10, 20);
    board.clock.advance(10);
    board.move(30, 40);
    board.clock.advance(10);
    board.up();
    expect(board.stage.lasers[0]?.map(({ x, y }) => [x, y])).toContainEqual([30, 40]);
    expect(last().points.map(({ x, y }) => [x, y])).toContainEqual([30, 40]);
    expect(board.replica.edits).toEqual([]);
    expect(board.editor.tool.value).toBe("laser");
  });

  it("[L8] tells all that has not faded, numbered", () => {
    const { board, last } = pointing();
    board.down(0, 0);
    for (let i = 1; i <= 400; i++) {
      board.clock.advance(9);
      board.move(i * 4099, (i * 50021) % 7919);
    }
    const { first, points } = last();
    expect(points.length).toBeGreaterThan(50);
    expect(points.at(-1)!.time - points[0]!.time).toBeLessThanOrEqual(1004);
    expect(points[0]!.x).toBeCloseTo(4099 * first, 0);
  });

  it("[L8] tells the newest of it where all would not fit", () => {
    const { board, words, last } = pointing();
    board.stage.camera.zoom = 40;
    board.down(0, 0);
    for (let i = 1; i <= 130; i++) {
      board.clock.advance(8);
      board.move(i % 2 === 0 ? 9e7 : -9e7, i * 4000);
    }
    expect(Math.max(...words().map(({ points }) => points?.length ?? 0))).toBeGreaterThan(900);
    for (const { points } of words()) {
      expect(points?.length ?? 0).toBeLessThanOrEqual(MAX_LASER_BYTES);
    }
    expect(last().points.at(-1)?.y).toBe(13_000);
    expect(last().points[0]?.y).toBe(100 * last().first);
  });

  it("[L8] is over a while after its last point, and a new press is a new trail", () => {
    const { board, last } = pointing();
    board.down(10, 20).up();
    board.clock.advance(2000);
    expect(last()).toMatchObject({ trail: 1, points: [] });
    board.down(50, 60).up();
    expect(last().trail).toBe(2);
    expect(board.stage.lasers).toHaveLength(2);
    board.clock.advance(2000);
    expect(last()).toMatchObject({ trail: 2, points: [] });
  });

  it("works for those who may only look", () => {
    const { board, words } = pointing();
    board.editor.setTool("select");
    board.editor.readOnly.value = true;
    board.key("k");
    board.editor.setTool("laser");
    board.down(10, 20).move(30, 40).up();
    expect(words().length).toBeGreaterThan(0);
  });
});
