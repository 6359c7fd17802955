import type { MemoryPort } from "../../../editor/ports";

const KEY = "inkwire.recent-commands";
const MOST = 5;

/** The ids of what was chosen last, newest first; anybody may have written there. */
export function recentCommands(memory: MemoryPort): readonly string[] {
  return (memory.read(KEY) ?? "").split(" ").filter(Boolean).slice(0, MOST);
}

export function rememberCommand(memory: MemoryPort, id: string): void {
  const others = recentCommands(memory).filter((other) => other !== id);
  memory.write(KEY, [id, ...others].slice(0, MOST).join(" "));
}
