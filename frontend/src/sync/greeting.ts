import { PROTOCOL_VERSION } from "../generated/limits";
import { type Hello, TAG } from "../generated/protocol";

/** Who comes, and to which board. */
export interface Visitor {
  readonly board: string;
  readonly token: string;
  readonly session: string;
  readonly person: string;
  readonly name: string;
  readonly color: string;
}

type Viewport = readonly [number, number, number, number] | null;

/** What every connection says first. */
export class Greeting {
  #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  /** Whether that is another name or colour than before. */
  rename(name: string, color: string): boolean {
    if (name === this.#visitor.name && color === this.#visitor.color) return false;
    this.#visitor = { ...this.#visitor, name, color };
    return true;
  }

  /** `position` is where the board stood when it was left; without one all of it is asked for. */
  hello(
    position: { readonly epoch: string; readonly seq: number } | null,
    viewport: Viewport,
  ): Hello {
    const { board, token, session, person, name, color } = this.#visitor;
    const resume = position === null ? null : ([position.epoch, position.seq] as const);
    return [
      TAG.hello,
      PROTOCOL_VERSION,
      board,
      token,
      session,
      person,
      name,
      color,
      resume,
      viewport,
    ];
  }
}
