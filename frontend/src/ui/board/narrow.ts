import { type ReadonlySignal, signal } from "@preact/signals-core";

function matches(query: string): ReadonlySignal<boolean> {
  const media = matchMedia(query);
  const now = signal(media.matches);
  media.addEventListener("change", () => {
    now.value = media.matches;
  });
  return now;
}

/** A phone, or a window as small as one: fewer tools at once, style in a sheet. board.css has the same limits. */
export const isPhone = matches("(max-width: 639px)");

/** Too little room for all tools in one row; a finger needs larger ones. */
export const fewTools = matches("(max-width: 759px), (pointer: coarse) and (max-width: 899px)");

/** Too little room for the style panel to stand beside the board. */
export const stylesInSheet = matches("(max-width: 639px), (max-height: 519px)");
