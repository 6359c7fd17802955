import type { Camera } from "../render/camera";
import { ofThisTab, readJson } from "./storage";

type Kept = readonly [x: number, y: number, zoom: number];

function isKept(value: unknown): value is Kept {
  return Array.isArray(value) && value.length === 3 && value.every(Number.isFinite);
}

/**
 * Puts the camera where this tab left it on this board, and keeps that up to date.
 *
 * Returns whether there was such a place.
 */
export function rememberCamera(board: string, camera: Camera): boolean {
  const key = `inkwire.camera.${board}`;
  const kept = readJson(ofThisTab, key, isKept);
  if (kept) camera.set(...kept);
  addEventListener("pagehide", () => {
    ofThisTab.write(key, JSON.stringify([camera.x, camera.y, camera.zoom]));
  });
  return kept !== null;
}
