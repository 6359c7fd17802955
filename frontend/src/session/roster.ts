import type { Clock } from "../sync/ports";
import type { Person } from "../ui/board/board_model";

/**
 * How long somebody who has gone is still listed, on their way out: a page that connects anew, for instance
 * under another name, is no leaving and coming.
 */
export const LEAVING_MS = 1200;

/** Who is here, with those who are just leaving. */
export class Roster {
  readonly #clock: Clock;
  readonly #show: (people: readonly Person[]) => void;
  readonly #leaving = new Map<string, { readonly person: Person; readonly stop: () => void }>();
  #here: readonly Person[] = [];

  constructor(clock: Clock, show: (people: readonly Person[]) => void) {
    this.#clock = clock;
    this.#show = show;
  }

  /** Takes who is here now; oneself comes last. */
  set(people: readonly Person[]): void {
    const ids = new Set(people.map(({ person }) => person));
    for (const person of this.#here) {
      if (!ids.has(person.person) && !this.#leaving.has(person.person)) this.#leave(person);
    }
    for (const id of ids) {
      this.#leaving.get(id)?.stop();
      this.#leaving.delete(id);
    }
    this.#here = people;
    this.#tell();
  }

  #leave(person: Person): void {
    const { person: id } = person;
    const stop = this.#clock.later(LEAVING_MS, () => {
      this.#leaving.delete(id);
      this.#tell();
    });
    const leaving = { ...person, isLeaving: true, isDrawing: false, following: "" };
    this.#leaving.set(id, { person: leaving, stop });
  }

  #tell(): void {
    const leaving = [...this.#leaving.values()].map(({ person }) => person);
    const others = [...this.#here.filter(({ isMe }) => !isMe), ...leaving];
    others.sort((a, b) => a.name.localeCompare(b.name));
    this.#show([...others, ...this.#here.filter(({ isMe }) => isMe)]);
  }
}
