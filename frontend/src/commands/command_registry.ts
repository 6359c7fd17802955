import type { Command, CommandSet } from "../editor/tool";

/** Commands by id and by key; two that claim a key in the same situation are an error at the start. */
export class CommandRegistry implements CommandSet {
  readonly all: readonly Command[];
  readonly #byId = new Map<string, Command>();
  readonly #selected = new Map<string, Command>();
  readonly #nothingSelected = new Map<string, Command>();

  constructor(commands: readonly Command[]) {
    this.all = commands;
    for (const command of commands) {
      if (this.#byId.has(command.id)) throw new Error(`two commands are named "${command.id}"`);
      this.#byId.set(command.id, command);
      if (command.when !== "nothing-selected") claim(this.#selected, command);
      if (command.when !== "selected") claim(this.#nothingSelected, command);
    }
  }

  get(id: string): Command | undefined {
    return this.#byId.get(id);
  }

  forChord(chord: string, selected: boolean): Command | undefined {
    return (selected ? this.#selected : this.#nothingSelected).get(chord);
  }
}

function claim(chords: Map<string, Command>, command: Command): void {
  for (const chord of command.keys) {
    const other = chords.get(chord);
    if (other !== undefined) {
      throw new Error(`"${chord}" is claimed by "${other.id}" and by "${command.id}"`);
    }
    chords.set(chord, command);
  }
}
