import { SNAPS } from "../editor/remembered";
import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** What is moved, stretched or drawn comes to lie in line with what is there. */
export const snapToObjects: Command = {
  id: "snap-to-objects",
  name: "command.snap-to-objects",
  keys: ["Alt+S"],
  when: "nothing-selected",
  enabled: always,
  run(editor) {
    const snaps = !editor.snapsToObjects.value;
    editor.snapsToObjects.value = snaps;
    editor.ports.memory.write(SNAPS, snaps ? "yes" : "no");
  },
};
