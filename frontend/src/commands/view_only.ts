import type { Command } from "../editor/tool";

/** Nothing can be changed by mistake while one reads or shows the board; the same again ends it. */
export const viewOnly: Command = {
  id: "view-only",
  name: "command.view-only",
  keys: [],
  harmless: true,
  enabled: (editor) => editor.viewOnly.value || !editor.readOnly.value,
  run(editor) {
    editor.text.commit();
    editor.viewOnly.value = !editor.viewOnly.value;
    if (editor.viewOnly.value) editor.setTool("hand");
    else editor.setTool("select");
  },
};
