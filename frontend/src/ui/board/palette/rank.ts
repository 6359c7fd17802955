import { folded } from "../../../editor/finding";

/** Points for a letter: right after the one before, at the beginning of a word, anywhere. */
const IN_A_ROW = 8;
const WORD_START = 6;
const ANYWHERE = 1;
/** Points off for each letter that is passed over, up to so many. */
const MOST_OFF = 8;

/**
 * How well `query` names `label`: its letters must all stand there in this order, in any case and with
 * anything between. More is better; null is no match. Spaces of the query only part its words.
 */
export function rank(query: string, label: string): number | null {
  const letters = [...folded(query).replaceAll(" ", "")];
  const signs = [...folded(label)];
  if (letters.length === 0) return 0;
  // best[j]: the most points for the letters so far when the last of them is sign j.
  let best = signs.map((sign, j) =>
    sign === letters[0] ? start(signs, j) - Math.min(j, MOST_OFF) / 2 : null,
  );
  for (const letter of letters.slice(1)) {
    const next: (number | null)[] = signs.map(() => null);
    for (let j = 1; j < signs.length; j++) {
      if (signs[j] !== letter) continue;
      for (let i = 0; i < j; i++) {
        const before = best[i];
        if (before === null || before === undefined) continue;
        const points = i === j - 1 ? IN_A_ROW : start(signs, j) - Math.min(j - i - 1, MOST_OFF) / 2;
        next[j] = Math.max(next[j] ?? Number.NEGATIVE_INFINITY, before + points);
      }
    }
    best = next;
  }
  const most = best.reduce<number | null>(
    (so, points) => (points === null ? so : Math.max(so ?? points, points)),
    null,
  );
  // Of two that match alike, the shorter says more of what was meant.
  return most === null ? null : most - signs.length / 100;
}

function start(signs: readonly string[], j: number): number {
  const before = signs[j - 1];
  return before === undefined || /[^\p{L}\p{N}]/u.test(before) ? WORD_START : ANYWHERE;
}
