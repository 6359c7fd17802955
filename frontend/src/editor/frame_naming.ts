import { type ReadonlySignal, signal } from "@preact/signals-core";
import { MAX_TITLE } from "../generated/limits";
import type { Frame } from "../generated/protocol";
import type { Editor } from "./editor";

/** The name of a frame while it is being typed. */
export class FrameNaming {
  readonly #editor: Editor;
  readonly #named = signal<Frame | null>(null);
  #typed = "";

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** The frame whose name stands in the field. */
  get named(): ReadonlySignal<Frame | null> {
    return this.#named;
  }

  start(frame: Frame): void {
    this.commit();
    this.#typed = frame.name;
    this.#named.value = frame;
  }

  typed(name: string): void {
    this.#typed = name;
  }

  /** Ends typing; the frame is named so, if it is still there. */
  commit(): void {
    const frame = this.#named.value;
    if (frame === null) return;
    this.#named.value = null;
    const name = this.#typed.trim().slice(0, MAX_TITLE);
    if (name !== frame.name) this.#editor.edit([["set", frame.id, { name }]]);
  }

  /** Ends typing as if nothing had been typed. */
  cancel(): void {
    this.#named.value = null;
  }
}
