import "./theme/tokens.css";
import "./theme/fonts.css";
import "./theme/base.css";
import "./ui/kit/kit.css";
import { boardAddress } from "./session/board_address";
import { applyTheme } from "./theme/theme";

applyTheme();
const host = document.getElementById("app") as HTMLElement;
const address = boardAddress(new URL(location.href));
if (address === null) {
  void import("./session/landing").then(({ openLanding }) => openLanding(host));
} else {
  void import("./session/enter_board").then(({ enterBoard }) => enterBoard(host, address));
}
