/** An element over the whole of its host that canvases are put into; pointers go through it. */
export function layerIn(host: HTMLElement, name: string): HTMLDivElement {
  const layer = document.createElement("div");
  layer.className = `board-${name}`;
  Object.assign(layer.style, {
    position: "absolute",
    inset: "0",
    overflow: "hidden",
    pointerEvents: "none",
    // The layers inside are stacked among themselves only.
    isolation: "isolate",
  });
  host.append(layer);
  return layer;
}
