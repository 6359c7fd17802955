import type { ComponentType } from "preact";
import type { PanelName } from "../../editor/editor";
import { lazy } from "../kit/lazy";
import { useEditing } from "./board_model";

const PANELS: Readonly<Record<PanelName, ComponentType>> = {
  help: lazy(async () => (await import("./on_demand")).HelpDialog),
  find: lazy(async () => (await import("./on_demand")).FindPanel),
  export: lazy(async () => (await import("./on_demand")).ExportDialog),
  link: lazy(async () => (await import("./on_demand")).LinkDialog),
  palette: lazy(async () => (await import("./on_demand")).Palette),
};

/** The panel that is open, if one is; its place is empty until its code is there. */
export function Panels() {
  const name = useEditing().editor.panel.value;
  const Panel = name && PANELS[name];
  return <div class="panel-place">{Panel && <Panel key={name} />}</div>;
}
