import type {
  Align,
  Brush,
  Curve,
  Dash,
  FillStyle,
  Font,
  Head,
  VerticalAlign,
} from "../generated/protocol";

/** Every word that a type knows, none twice; a word that is missing here does not compile. */
function wordsOf<Word extends string>(words: Readonly<Record<Word, true>>): readonly string[] {
  return Object.keys(words);
}

const HEADS = wordsOf<Head>({
  none: true,
  arrow: true,
  triangle: true,
  "triangle-outline": true,
  bar: true,
  dot: true,
  "circle-outline": true,
  diamond: true,
  "diamond-outline": true,
  "crowfoot-one": true,
  "crowfoot-many": true,
  "crowfoot-one-or-many": true,
});

/** The properties whose values are words out of a list. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  fillStyle: wordsOf<FillStyle>({ solid: true, hachure: true, "cross-hatch": true, zigzag: true }),
  dash: wordsOf<Dash>({ solid: true, dashed: true, dotted: true }),
  curve: wordsOf<Curve>({ sharp: true, round: true, elbow: true }),
  startHead: HEADS,
  endHead: HEADS,
  brush: wordsOf<Brush>({ pen: true, highlighter: true }),
  font: wordsOf<Font>({ hand: true, sans: true, serif: true, mono: true }),
  align: wordsOf<Align>({ left: true, center: true, right: true }),
  verticalAlign: wordsOf<VerticalAlign>({ top: true, middle: true, bottom: true }),
};
