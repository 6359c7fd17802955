/** Whether Command takes the part of Control here. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  Escape: "Esc",
  Plus: "+",
  Minus: "−",
};
const MAC_SIGNS: Readonly<Record<string, string>> = {
  ...SIGNS,
  Ctrl: "⌘",
  Alt: "⌥",
  Shift: "⇧",
};

/** A chord like `Ctrl+Shift+Z` as this platform writes it, one string a key. */
export function keyNames(chord: string): string[] {
  const signs = isMac ? MAC_SIGNS : SIGNS;
  return chord.split("+").map((part) => signs[part] ?? part);
}

/** The chord in one string, for tooltips and sentences. */
export function keyText(chord: string): string {
  return keyNames(chord).join(isMac ? "" : "+");
}

/** The chord as `aria-keyshortcuts` wants it. */
export function ariaKeys(chord: string): string {
  const parts = chord.split("+").map((part) => {
    if (part === "Ctrl") return isMac ? "Meta" : "Control";
    return part === "Minus" ? "-" : part;
  });
  return parts.join("+");
}
