import type { Command } from "../editor/tool";
import { alignments } from "./alignment";
import { backward } from "./backward";
import { bringEveryone } from "./bring_everyone";
import { CommandRegistry } from "./command_registry";
import { copy } from "./copy";
import { copyLink } from "./copy_link";
import { copyPng, copySvg } from "./copy_picture";
import { copyStyle } from "./copy_style";
import { cut } from "./cut";
import { darkMode } from "./dark_mode";
import { deleteSelected } from "./delete";
import { distributions } from "./distribution";
import { duplicate } from "./duplicate";
import { editText } from "./edit_text";
import { escapeOut } from "./escape";
import { exportPart } from "./export";
import { find } from "./find";
import { flipHorizontally } from "./flip_horizontally";
import { flipVertically } from "./flip_vertically";
import { forward } from "./forward";
import { frameSelection } from "./frame_selection";
import { grid } from "./grid";
import { group } from "./group";
import { help } from "./help";
import { keepTool } from "./keep_tool";
import { link } from "./link";
import { lock } from "./lock";
import { minimap } from "./minimap";
import { nudges } from "./nudge";
import { palette } from "./palette";
import { paste } from "./paste";
import { pastePlain } from "./paste_plain";
import { pasteStyle } from "./paste_style";
import { pickColour, pickFill } from "./pick_colour";
import { placeInView } from "./place_in_view";
import { redo } from "./redo";
import { removeFrame } from "./remove_frame";
import { selectAll } from "./select_all";
import { snapToObjects } from "./snap_to_objects";
import { toBack } from "./to_back";
import { toFront } from "./to_front";
import { undo } from "./undo";
import { ungroup } from "./ungroup";
import { toolCommands } from "./use_tool";
import { viewOnly } from "./view_only";
import { selectNext, selectPrevious } from "./walk";
import { wheelZooms } from "./wheel_zooms";
import { zoomIn } from "./zoom_in";
import { zoomOut } from "./zoom_out";
import { zoomReset } from "./zoom_reset";
import { zoomToFit } from "./zoom_to_fit";
import { zoomToSelection } from "./zoom_to_selection";

const ALL: readonly Command[] = [
  ...toolCommands,
  keepTool,
  undo,
  redo,
  cut,
  copy,
  copyPng,
  copySvg,
  paste,
  pastePlain,
  duplicate,
  deleteSelected,
  selectAll,
  selectNext,
  selectPrevious,
  escapeOut,
  editText,
  placeInView,
  group,
  ungroup,
  frameSelection,
  removeFrame,
  toFront,
  forward,
  backward,
  toBack,
  link,
  copyLink,
  lock,
  ...nudges,
  flipHorizontally,
  flipVertically,
  ...alignments,
  ...distributions,
  copyStyle,
  pasteStyle,
  pickColour,
  pickFill,
  zoomIn,
  zoomOut,
  zoomReset,
  zoomToFit,
  zoomToSelection,
  bringEveryone,
  minimap,
  viewOnly,
  grid,
  snapToObjects,
  wheelZooms,
  darkMode,
  palette,
  find,
  exportPart,
  help,
];

/** Every command there is; toolbar, keyboard, menus and help are views of it. */
export const COMMANDS = new CommandRegistry(ALL);
