/** What opens over a board when somebody asks for it: fetched in one piece, for many small ones would weigh more. */
export { ContextMenu } from "./context_menu";
export { ExportDialog } from "./export/export_dialog";
export { FindPanel } from "./find/find_panel";
export { HelpDialog } from "./help_dialog";
export { LinkDialog } from "./link/link_dialog";
export { LinkMarks } from "./link/link_marks";
export { MainMenu } from "./main_menu";
export { Minimap } from "./minimap/minimap";
export { Palette } from "./palette/palette";
export { PeopleList } from "./people_list";
export { ShareDialog } from "./share_dialog";
export { StylePanel } from "./style/style_panel";
export { StyleSheet } from "./style/style_sheet";
