/** Whether Command takes the part of Control here. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const macNames: Readonly<Record<string, string>> = {
  Mod: "⌘",
  Ctrl: "⌃",
  Alt: "⌥",
  Shift: "⇧",
};
const names: Readonly<Record<string, string>> = {
  Mod: "Ctrl",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  Escape: "Esc",
  Plus: "+",
  Minus: "−",
};

/** "Mod+Shift+Z" as this platform writes it, one string a key: ["Ctrl", "Shift", "Z"]. */
export function keyNames(combination: string): string[] {
  // A plus that is itself the key stands last: "Mod++".
  const parts = combination.endsWith("++")
    ? [...combination.slice(0, -2).split("+"), "+"]
    : combination === "+"
      ? ["+"]
      : combination.split("+");
  return parts.map((part) => (isMac ? macNames[part] : undefined) ?? names[part] ?? part);
}

/** The combination in one string, for tooltips and sentences. */
export function keyText(combination: string): string {
  return keyNames(combination).join(isMac ? "" : "+");
}
