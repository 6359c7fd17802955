import { useSignal } from "@preact/signals";
import { Ellipsis, Lock, LockOpen } from "lucide";
import { useRef } from "preact/hooks";
import { walkWithArrows } from "../../a11y/roving_focus";
import type { ToolName } from "../../editor/tool";
import { t } from "../../i18n/translate";
import { IconButton } from "../kit/button";
import { Popover } from "../kit/popover";
import { useEditing } from "./board_model";
import { fewTools } from "./narrow";
import { keyHint, LOOKING, SHAPES, TOOL_GROUPS, TOOL_ICONS, toolKeys } from "./tool_catalog";

/** The tools, top centre, or at the bottom where thumbs are; few for somebody who may only look. */
export function Toolbar() {
  const { editor } = useEditing();
  return (
    <div
      class="toolbar panel"
      role="toolbar"
      aria-label={t("tools.label")}
      onKeyDown={walkWithArrows}
    >
      {editor.readOnly.value ? (
        <ToolGroup tools={LOOKING} />
      ) : fewTools.value ? (
        <PhoneTools />
      ) : (
        <AllTools />
      )}
    </div>
  );
}

function AllTools() {
  return (
    <>
      <KeepTool />
      {TOOL_GROUPS.map((group) => (
        <ToolGroup key={group[0]} tools={group} />
      ))}
    </>
  );
}

function ToolGroup({ tools }: { readonly tools: readonly ToolName[] }) {
  return (
    <div class="toolbar-group">
      {tools.map((tool) => (
        <ToolButton key={tool} tool={tool} />
      ))}
    </div>
  );
}

function PhoneTools() {
  const { editor } = useEditing();
  const shape = useSignal<ToolName>("rectangle");
  const open = useSignal<"shapes" | "more" | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  const tool = editor.tool.value;
  if (SHAPES.includes(tool) && shape.peek() !== tool) shape.value = tool;
  const close = () => {
    open.value = null;
  };
  return (
    <div class="toolbar-group" ref={bar}>
      <ToolButton tool="select" />
      <ToolButton tool="pen" />
      <ToolButton tool="eraser" />
      <ToolButton
        tool={shape.value}
        opens={() => {
          open.value = "shapes";
        }}
      />
      <ToolButton tool="text" />
      <ToolButton tool="note" />
      <IconButton
        icon={Ellipsis}
        label={t("tools.more")}
        aria-haspopup="true"
        aria-expanded={open.value === "more"}
        pressed={tool === "hand" || tool === "highlighter" || tool === "frame" || tool === "laser"}
        onClick={() => {
          open.value = "more";
        }}
      />
      {open.value && bar.current && (
        <Popover
          anchor={bar.current}
          side="above"
          align="end"
          label={t(open.value === "shapes" ? "tools.shapes" : "tools.more")}
          onClose={close}
        >
          <div class="toolbar-group" onClickCapture={() => queueMicrotask(close)}>
            {open.value === "shapes" ? (
              SHAPES.map((name) => <ToolButton key={name} tool={name} />)
            ) : (
              <>
                <ToolButton tool="hand" />
                <ToolButton tool="highlighter" />
                <ToolButton tool="image" />
                <ToolButton tool="frame" />
                <ToolButton tool="laser" />
                <KeepTool />
              </>
            )}
          </div>
        </Popover>
      )}
    </div>
  );
}

function ToolButton({ tool, opens }: { readonly tool: ToolName; readonly opens?: () => void }) {
  const { editor } = useEditing();
  const keys = toolKeys(editor, tool);
  return (
    <IconButton
      icon={TOOL_ICONS[tool]}
      class="tool"
      label={t(`tool.${tool}`)}
      keys={keys}
      pressed={editor.tool.value === tool}
      data-tool={tool}
      data-hint={keyHint(keys)}
      onClick={(event) => {
        // By keyboard, the first press takes the tool, the second puts one on the board, and so does Enter there.
        const again = event.detail === 0 && editor.tool.value === tool && opens === undefined;
        if (again) {
          event.currentTarget.blur();
          editor.run("place-in-view");
          return;
        }
        editor.setTool(tool);
        opens?.();
      }}
      onDblClick={() => {
        editor.toolLocked.value = true;
      }}
    />
  );
}

function KeepTool() {
  const { editor } = useEditing();
  const kept = editor.toolLocked.value;
  return (
    <IconButton
      icon={kept ? Lock : LockOpen}
      label={t("command.keep-tool")}
      keys={["Q"]}
      pressed={kept}
      onClick={() => {
        editor.toolLocked.value = !kept;
      }}
    />
  );
}
