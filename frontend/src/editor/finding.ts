import type { Element } from "../generated/protocol";
import { boundsOfAll } from "./selection_box";

/** The words that an element shows, or "". */
export function wordsIn(element: Element): string {
  if (element.type === "text" || element.type === "note") return element.text;
  return "name" in element ? element.name : "";
}

/** Small letters without accents, so that both ways of writing a word find it. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The ids of elements whose words hold `query`, from the top of the board down, rows from left to right. */
export function findWords(elements: Iterable<Element>, query: string): readonly string[] {
  const wanted = folded(query.trim());
  if (wanted === "") return [];
  const found: { readonly id: string; readonly x: number; readonly y: number }[] = [];
  for (const element of elements) {
    const words = wordsIn(element);
    if (words === "" || !folded(words).includes(wanted)) continue;
    const { minX, minY } = boundsOfAll([element]);
    found.push({ id: element.id, x: minX, y: minY });
  }
  // The id last: two at the same place keep their order.
  found.sort((a, b) => a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : 1));
  return found.map(({ id }) => id);
}
