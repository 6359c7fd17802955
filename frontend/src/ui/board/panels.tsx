import type { ComponentType } from "preact";
import type { PanelName } from "../../editor/editor";
import { lazy } from "../kit/lazy";
import { useEditing } from "./board_model";

const PANELS: Readonly<Record<PanelName, ComponentType>> = {
  help: lazy(async () => (await import("./help_dialog")).HelpDialog),
  find: lazy(async () => (await import("./find/find_panel")).FindPanel),
  link: lazy(async () => (await import("./link/link_dialog")).LinkDialog),
  palette: lazy(async () => (await import("./palette/palette")).Palette),
};

/** The panel that is open, if one is. */
export function Panels() {
  const name = useEditing().editor.panel.value;
  const Panel = name && PANELS[name];
  return Panel && <Panel key={name} />;
}
