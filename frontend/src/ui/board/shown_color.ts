import { type Tone, themed } from "../../elements/colours";
import { theme } from "../../theme/theme";

/** A colour of the board as it is painted in the theme at hand, so that a swatch looks like the stroke. */
export function shownColor(color: string, tone?: Tone): string {
  return themed(color, theme.value, tone);
}
