import type { Command } from "../editor/tool";

/** Asks everybody on the board to look where one looks. */
export const bringEveryone: Command = {
  id: "bring-everyone",
  name: "command.bring-everyone",
  keys: [],
  enabled: (editor) => !editor.ports.company.isAlone(),
  run: (editor) => editor.ports.company.callEveryone(),
};
