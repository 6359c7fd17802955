import type { Box } from "../geometry/box";

/** CSS pixels on a side of a tile, about: small, so that even a crowded one is painted within a frame or two. */
const SIDE = 256;

export interface TileRange {
  readonly i0: number;
  readonly j0: number;
  readonly i1: number;
  readonly j1: number;
}

/** A grid of tiles at one zoom: the tile (0, 0) has its corner at the anchor, a point of the world. */
export interface TileGrid {
  readonly anchorX: number;
  readonly anchorY: number;
  /** Device pixels per world unit. */
  readonly scale: number;
  /** Device pixels on a side of a tile. */
  readonly side: number;
}

/** A whole number of device pixels, so that tiles meet without a seam. */
export function tileSide(pixelRatio: number): number {
  return SIDE * Math.max(1, Math.round(pixelRatio));
}

export function tileKey(i: number, j: number): string {
  return `${i},${j}`;
}

/** The tiles that a box of the world lies on; first and last included. */
export function tilesCovering(grid: TileGrid, box: Box): TileRange {
  const perUnit = grid.scale / grid.side;
  return {
    i0: Math.floor((box.minX - grid.anchorX) * perUnit),
    j0: Math.floor((box.minY - grid.anchorY) * perUnit),
    // A tile that only shares its edge with the box shows nothing of it.
    i1: Math.ceil((box.maxX - grid.anchorX) * perUnit) - 1,
    j1: Math.ceil((box.maxY - grid.anchorY) * perUnit) - 1,
  };
}

export function grow(range: TileRange, by: number): TileRange {
  return { i0: range.i0 - by, j0: range.j0 - by, i1: range.i1 + by, j1: range.j1 + by };
}

export function inRange(range: TileRange, i: number, j: number): boolean {
  return i >= range.i0 && i <= range.i1 && j >= range.j0 && j <= range.j1;
}

export function tileBox(grid: TileGrid, i: number, j: number): Box {
  const side = grid.side / grid.scale;
  const minX = grid.anchorX + i * side;
  const minY = grid.anchorY + j * side;
  return { minX, minY, maxX: minX + side, maxY: minY + side };
}

/** All tiles of a range, those nearest to its middle first. */
export function centreFirst(range: TileRange): [i: number, j: number][] {
  const ci = (range.i0 + range.i1) / 2;
  const cj = (range.j0 + range.j1) / 2;
  const tiles: [number, number][] = [];
  for (let j = range.j0; j <= range.j1; j++) {
    for (let i = range.i0; i <= range.i1; i++) tiles.push([i, j]);
  }
  const far = ([i, j]: [number, number]) => (i - ci) ** 2 + (j - cj) ** 2;
  return tiles.sort((a, b) => far(a) - far(b));
}
