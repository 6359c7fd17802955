import "./ui/kit/kit.css";
import "./theme/tokens.css";
import "./theme/base.css";
import { boardAddress } from "./session/board_address";
import { openLanding } from "./session/landing";
import { applyTheme } from "./theme/theme";

applyTheme();
const host = document.getElementById("app") as HTMLElement;
const address = boardAddress(new URL(location.href));
if (address === null) void openLanding(host);
