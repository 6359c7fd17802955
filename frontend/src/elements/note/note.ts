import type { Note } from "../../generated/protocol";
import { isTransparent } from "../colours";
import { paintLines } from "../text/lines";
import { overhang } from "../text/overhang";
import { uprightKind } from "../upright";
import { fittedNote } from "./fitted";

const PAPER = "#fff3bf";
const RADIUS = 4;
const SHADOW_BELOW = 3;
export const NOTE_PADDING = 16;

/** A sticky note: paper with a shadow, and text that shrinks to fit. */
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
    ctx.fillStyle = surface.colour(isTransparent(element.fill) ? PAPER : element.fill, "paper");
    ctx.fill();
    if (element.text === "") return;
    const innerWidth = Math.max(width - 2 * NOTE_PADDING, 0);
    const innerHeight = Math.max(height - 2 * NOTE_PADDING, 0);
    const { shown, box: lines } = fittedNote(element, innerWidth, innerHeight);
    const [x, y] = [left + NOTE_PADDING, top + NOTE_PADDING];
    paintLines(surface, shown, lines, x, y, innerWidth, innerHeight);
  },
});
