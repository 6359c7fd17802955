import { t } from "../../i18n/translate";
import { lazy } from "../kit/lazy";
import { Announcer } from "./announcer";
import { useEditing } from "./board_model";
import { EmptyHint } from "./empty_hint";
import { FollowingFrame } from "./following";
import { FrameNameField } from "./frame_name_field";
import { HelpButton } from "./help_button";
import { HistoryZoom } from "./history_zoom";
import { isPhone } from "./narrow";
import { Panels } from "./panels";
import { StyleDock } from "./style_dock";
import { TextField } from "./text_field";
import { Toolbar } from "./toolbar";
import "./style/style.css";
import "./surface.css";

const LinkMarks = lazy(async () => (await import("./on_demand")).LinkMarks);
const ContextMenu = lazy(async () => (await import("./on_demand")).ContextMenu);
const Minimap = lazy(async () => (await import("./on_demand")).Minimap);

/** The chrome for drawing: what stands around the board once there are hands to draw with. */
export function EditingChrome() {
  const { editor } = useEditing();
  const asked = editor.menu.value;
  return (
    <section aria-label={t("board.drawing")}>
      <EmptyHint />
      <LinkMarks />
      {editor.minimap.value && !isPhone.value && <Minimap />}
      <FollowingFrame />
      <TextField />
      <FrameNameField />
      <Toolbar />
      <StyleDock />
      <HistoryZoom />
      <HelpButton />
      <Panels />
      <Announcer />
      {asked && <ContextMenu asked={asked} />}
    </section>
  );
}
