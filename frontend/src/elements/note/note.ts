import type { Note } from "../../generated/protocol";
import { isTransparent } from "../colours";
import { linesOf, paintLines } from "../text/lines";
import { overhang } from "../text/overhang";
import { uprightKind } from "../upright";

const PAPER = "#fff3bf";
const RADIUS = 4;
const SHADOW_BELOW = 3;
export const NOTE_PADDING = 16;

/** A sticky note: paper with a shadow and wrapped text. */
export const note = uprightKind<Note>({
  reach(element) {
    const width = Math.max(Math.abs(element.place[2]) - 2 * NOTE_PADDING, 0);
    const height = Math.max(Math.abs(element.place[3]) - 2 * NOTE_PADDING, 0);
    return SHADOW_BELOW + 1 + overhang(element, width, height, width);
  },
  paint(surface, element, left, top, width, height) {
    const { ctx } = surface;
    const plain = surface.scale * Math.min(width, height) < 8;
    const box = (y: number) => {
      ctx.beginPath();
      if (plain) ctx.rect(left, y, width, height);
      else ctx.roundRect(left, y, width, height, RADIUS);
    };
    box(top + SHADOW_BELOW);
    ctx.fillStyle = "rgb(0 0 0 / 12%)";
    ctx.fill();
    box(top);
    ctx.fillStyle = surface.colour(isTransparent(element.fill) ? PAPER : element.fill);
    ctx.fill();
    if (element.text === "") return;
    const inner = width - 2 * NOTE_PADDING;
    paintLines(
      surface,
      element,
      linesOf(element, Math.max(inner, 0)),
      left + NOTE_PADDING,
      top + NOTE_PADDING,
      inner,
      height - 2 * NOTE_PADDING,
    );
  },
});
