/**
 * The hand-drawn look is rough.js' (MIT, https://roughjs.com), which is fetched when the first shape
 * needs it; until it is there, shapes are drawn clean.
 */
import type { Drawable, Options } from "roughjs/bin/core";
import type { RoughGenerator } from "roughjs/bin/generator";

export type { Drawable, Options, RoughGenerator };

let generator: RoughGenerator | null = null;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

/** The generator, or null and a promise on its way that tells the listeners. */
export function roughGenerator(): RoughGenerator | null {
  if (generator === null) void loadRough();
  return generator;
}

export function roughIsReady(): boolean {
  return generator !== null;
}

/** Resolves when shapes can be drawn by hand; also when the chunk cannot be fetched, e.g. offline. */
export function loadRough(): Promise<void> {
  loading ??= import("roughjs/bin/generator").then(
    (module) => {
      generator = new module.RoughGenerator();
      for (const listener of listeners) listener();
    },
    () => {
      loading = null;
    },
  );
  return loading;
}

/** Calls when the generator has arrived: what was drawn clean is to be drawn again. */
export function onRoughReady(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
