import "./theme/tokens.css";
import "./theme/fonts.css";
import "./theme/base.css";
import "./ui/kit/kit.css";
import { activityAddress, boardAddress, boardSocketUrl } from "./session/board_address";
import { openEarly } from "./sync/early_socket";
import { applyTheme } from "./theme/theme";

applyTheme();
const host = document.getElementById("app") as HTMLElement;
const here = new URL(location.href);
const address = boardAddress(here);
const activity = activityAddress(here);
if (activity !== null) {
  void import("./session/open_activity").then(({ openActivity }) => openActivity(host, activity));
} else if (address === null) {
  void import("./session/landing").then(({ openLanding }) => openLanding(host));
} else {
  if (address.token !== "") openEarly(boardSocketUrl(address.id, here));
  void import("./session/enter_board").then(({ enterBoard }) => enterBoard(host, address));
}
