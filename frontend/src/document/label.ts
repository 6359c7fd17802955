/**
 * Titles and names: words that stand on one line, among those of others and in other programs.
 *
 * The server refuses a label with anything else in it (`backend/inkwire/protocol/labels.py`), so whatever was typed
 * or pasted goes through here; `tests/vectors/labels.json` holds the two equal.
 */

/** Controls of C0 and C1, the line and the paragraph separator. */
const GAPS = /[\p{Cc}\u2028\u2029]+/gu;
/** Embeddings, overrides and isolates of the bidirectional algorithm; its marks may stay. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/gu;
/** Half a surrogate pair, which UTF-8 cannot carry. */
const HALVES = /\p{Surrogate}/gu;

/** At most so many characters of the words, with nothing in them that a label may not have. */
export function asLabel(words: string, length: number): string {
  return words
    .replace(TURNS, "")
    .replace(HALVES, "\ufffd")
    .replace(GAPS, " ")
    .slice(0, length)
    .replace(HALVES, "\ufffd");
}
