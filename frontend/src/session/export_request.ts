import type { Wanted } from "../ui/board/board_model";

const DRAWN: ReadonlySet<string> = new Set(["png", "svg", "pdf"]);
const SCALED: ReadonlySet<string> = new Set(["png", "svg"]);

/** What to ask the server for: the path after the board's, and how. */
export function asked(wanted: Wanted, person = ""): { path: string; init: RequestInit } {
  const { format, ids, scale, theme, background } = wanted;
  const said = new URLSearchParams();
  if (DRAWN.has(format)) said.set("theme", theme);
  if (DRAWN.has(format) && !background) said.set("background", "false");
  if (SCALED.has(format)) said.set("scale", String(scale));
  if (person !== "") said.set("person", person);
  const chosen = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ids }),
  };
  return { path: `export.${format}?${said}`, init: ids.length > 0 ? chosen : {} };
}
