import { toWire } from "../../document/wire_element";
import type { Editor } from "../../editor/editor";
import { drawnIn } from "../../editor/frames";
import { InkEncoder, shiftFor } from "../../editor/ink_encoder";
import { newFreedraw } from "../../editor/new_element";
import type { PointerInput, PointerSample } from "../../editor/pointer_input";
import type { InkPort } from "../../editor/ports";
import { Steadying } from "../../editor/steadying";
import type { ToolState } from "../../editor/tool";
import { MAX_INK_BYTES } from "../../generated/limits";
import type { Brush, Freedraw } from "../../generated/protocol";
import type { Vec } from "../../geometry/place";
import type { InkPoint } from "../../geometry/points";
import { Hold } from "./hold";
import { shapeFromInk } from "./shape_from_ink";

/** Ink flows: on our own screen and, point by point, to everybody else. */
export class Drawing implements ToolState {
  readonly busy = true;
  readonly #editor: Editor;
  readonly #brush: Brush;
  readonly #gesture: string;
  readonly #pressure: boolean;
  readonly #began: number;
  #element: Freedraw;
  #encoder: InkEncoder;
  #ink: InkPort;
  #told = false;
  #ended = false;
  readonly #steadying: Steadying;
  readonly #hold: Hold | null;
  /** Where the ink went, in the world; null once it is more than one stroke. */
  #way: Vec[] | null = [];
  /** With which pressure it went there last. */
  #pressed = 0.5;

  constructor(editor: Editor, brush: Brush, at: PointerInput) {
    this.#editor = editor;
    this.#brush = brush;
    this.#gesture = editor.newGesture();
    this.#pressure = at.kind === "pen";
    this.#began = at.time;
    this.#element = this.#newStroke(at);
    this.#encoder = this.#newEncoder();
    this.#ink = editor.ports.stage.startInk(this.#element, !this.#pressure);
    this.#steadying = new Steadying(editor.hand.value.steadies);
    const recognises = brush === "pen" && editor.hand.value.recognises === "on";
    this.#hold = recognises ? new Hold(editor.ports.clock, () => this.#recognise()) : null;
    this.#follow([at]);
  }

  pointerMove(at: PointerInput): void {
    if (this.#ended) return;
    this.#follow(at.samples);
    this.#hold?.moved(at);
  }

  pointerUp(at: PointerInput): void {
    // A pen that is lifted reports no pressure: its last point would end the stroke in a thorn.
    if (!this.#ended && !this.#pressure) this.#follow(at.samples);
    // Steadied ink is behind the pointer: it ends where that was lifted.
    const { x, y, time } = at;
    const { steadies } = this.#editor.hand.value;
    if (!this.#ended && steadies !== "off") this.#draw([{ x, y, time, pressure: this.#pressed }]);
    this.#finish();
    this.#editor.restart();
  }

  cancel(): void {
    this.#giveUp();
    this.#editor.restart();
  }

  leave(): void {
    this.#hold?.end();
    this.#giveUp();
  }

  #follow(samples: readonly PointerSample[]): void {
    this.#draw(samples.map((sample) => this.#steadying.follow(sample)));
  }

  /** Held still: the ink becomes the shape that it shows. Undo brings the ink back. */
  #recognise(): void {
    if (this.#ended || this.#way === null) return;
    const shape = shapeFromInk(this.#editor, this.#way);
    if (shape === null) return;
    const { id } = this.#element;
    this.#finish();
    this.#editor.edit([
      ["delete", id],
      ["put", toWire(shape)],
    ]);
  }

  #draw(samples: readonly PointerSample[]): void {
    const [originX, originY] = this.#element.place;
    const local: InkPoint[] = [];
    for (const sample of samples) {
      const time = Math.max(0, sample.time - this.#began);
      const { x, y, pressure } = sample;
      const point = { x: x - originX, y: y - originY, pressure, time };
      if (this.#encoder.full) {
        this.#send(local);
        this.#finish();
        this.#goOn(sample);
        this.#draw(samples.slice(samples.indexOf(sample)));
        return;
      }
      if (!this.#encoder.add(point)) continue;
      local.push(point);
      this.#way?.push({ x, y });
      this.#pressed = pressure;
    }
    this.#send(local);
  }

  #send(points: readonly InkPoint[]): void {
    if (points.length === 0) return;
    this.#ink.extend(points);
    const { offset, data } = this.#encoder.take();
    const element = this.#told ? {} : { element: toWire(this.#element) };
    this.#told = true;
    const { id } = this.#element;
    const ink = [];
    for (let from = 0; from < data.length; from += MAX_INK_BYTES) {
      const part = data.subarray(from, from + MAX_INK_BYTES);
      ink.push({ id, offset: offset + from, data: part, ...(from === 0 ? element : {}) });
    }
    this.#editor.ports.live({ ink });
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    const whole: Freedraw = { ...this.#element, points: this.#encoder.bytes() };
    const element = drawnIn(whole, this.#editor.attachments.frames());
    this.#editor.edit([["put", toWire(element)]], this.#gesture);
    this.#ink.end();
  }

  /** The stroke is as long as one may be: the next one begins where it ended, in the same step of undo. */
  #goOn(at: PointerSample): void {
    this.#way = null;
    this.#element = this.#newStroke(at);
    this.#encoder = this.#newEncoder();
    this.#ink = this.#editor.ports.stage.startInk(this.#element, !this.#pressure);
    this.#told = false;
    this.#ended = false;
  }

  #giveUp(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ink.cancel();
    this.#editor.ports.live({ ended: [this.#element.id] });
  }

  #newStroke({ x, y }: { readonly x: number; readonly y: number }): Freedraw {
    return newFreedraw(this.#brush, this.#editor.birth([x, y, 1, 1, 0]));
  }

  #newEncoder(): InkEncoder {
    return new InkEncoder({ shift: shiftFor(this.#editor.zoom), pressure: this.#pressure });
  }
}
