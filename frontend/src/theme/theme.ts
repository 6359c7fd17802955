import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";

export type Theme = "light" | "dark";
export type ThemeChoice = Theme | "system";

const KEY = "inkwire.theme";
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const system = signal<Theme>(systemDark.matches ? "dark" : "light");
systemDark.addEventListener("change", () => {
  system.value = systemDark.matches ? "dark" : "light";
});

function remembered(): ThemeChoice {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system"; // storage switched off: the system decides each time
  }
}

/** What the person chose; "system" until they do. */
export const themeChoice = signal<ThemeChoice>(remembered());

/** The theme that is shown. */
export const theme: ReadonlySignal<Theme> = computed(() =>
  themeChoice.value === "system" ? system.value : themeChoice.value,
);

export function toggleTheme(): void {
  const next = theme.value === "dark" ? "light" : "dark";
  // Going back to what the system says also goes back to following it.
  themeChoice.value = next === system.value ? "system" : next;
}

/** Writes the theme to <html> and keeps it there; call once. */
export function applyTheme(): void {
  effect(() => {
    const choice = themeChoice.value;
    if (choice === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    try {
      if (choice === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, choice);
    } catch {
      // Storage switched off: the choice lasts as long as the page.
    }
  });
}
