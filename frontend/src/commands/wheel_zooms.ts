import { WHEEL_ZOOMS } from "../editor/remembered";
import type { Command } from "../editor/tool";
import { always } from "./enabled";

/** The bare wheel zooms instead of panning, as people with a mouse may like it. */
export const wheelZooms: Command = {
  id: "wheel-zooms",
  name: "command.wheel-zooms",
  keys: [],
  harmless: true,
  enabled: always,
  run(editor) {
    const zooms = !editor.wheelZooms.value;
    editor.wheelZooms.value = zooms;
    editor.ports.memory.write(WHEEL_ZOOMS, zooms ? "yes" : "no");
  },
};
