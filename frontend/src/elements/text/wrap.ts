/** Breaking text into lines (docs/drawing.md, section 4). */

/** The width of a piece of one line, in world units. */
export type Measure = (text: string) => number;

/** Rounding must not break a line that was measured to fit exactly. */
const SLACK = 0.01;

export function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/**
 * Breaks greedily at spaces, so that no line is wider than `maxWidth`; a word that is wider alone
 * breaks between characters. Spaces at a break stay at the end of their line and do not count.
 */
export function wrapLines(text: string, maxWidth: number, measure: Measure): string[] {
  const limit = maxWidth + SLACK;
  return splitLines(text).flatMap((line) => wrapLine(line, limit, measure));
}

function wrapLine(line: string, limit: number, measure: Measure): string[] {
  const fits = (part: string) => measure(part.trimEnd()) <= limit;
  if (fits(line)) return [line];
  const lines: string[] = [];
  let current = "";
  // Each word with the spaces after it.
  for (const word of line.match(/^ +|[^ ]+ */g) ?? []) {
    if (fits(current + word)) {
      current += word;
      continue;
    }
    if (current !== "") {
      lines.push(current);
      current = "";
    }
    if (fits(word)) {
      current = word;
      continue;
    }
    for (const letter of word) {
      if (letter !== " " && current !== "" && !fits(current + letter)) {
        lines.push(current);
        current = "";
      }
      current += letter;
    }
  }
  lines.push(current);
  return lines;
}
