import type { Command, ToolDefinition } from "../editor/tool";
import { TOOLS } from "../tools/registry";
import { always } from "./enabled";

/** A command for each tool, with the tool's own keys. */
export const toolCommands: readonly Command[] = Object.values(TOOLS).map(useTool);

function useTool({ name, keys, harmless }: ToolDefinition): Command {
  return {
    id: `tool-${name}`,
    name: `tool.${name}`,
    keys,
    harmless,
    enabled: always,
    run: (editor) => editor.setTool(name),
  };
}
