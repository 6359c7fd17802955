import { keyText } from "../../a11y/platform_keys";

const WAIT = 450;
const AGAIN = 600;
const GAP = 8;

/**
 * One tooltip for the page: shows `data-tip` and `data-keys` of what the mouse rests on or the
 * keyboard reached. Names for screen readers come from aria-label; the tooltip is hidden from them.
 */
export function installTooltip(): void {
  const tip = document.createElement("div");
  tip.className = "tooltip";
  tip.setAttribute("aria-hidden", "true");
  tip.popover = "manual";
  document.body.append(tip);
  let timer = 0;
  let hiddenAt = Number.NEGATIVE_INFINITY;

  const hide = () => {
    clearTimeout(timer);
    if (!tip.matches(":popover-open")) return;
    tip.hidePopover();
    hiddenAt = performance.now();
  };

  const show = (target: HTMLElement) => {
    if (!target.isConnected || target.getAttribute("aria-expanded") === "true") return;
    const words = document.createElement("span");
    words.textContent = target.dataset.tip ?? "";
    tip.replaceChildren(words);
    for (const keys of (target.dataset.keys ?? "").split(" ").filter(Boolean)) {
      const key = document.createElement("kbd");
      key.textContent = keyText(keys);
      tip.append(key);
    }
    tip.showPopover();
    const at = target.getBoundingClientRect();
    const own = tip.getBoundingClientRect();
    const below = at.bottom + GAP + own.height <= innerHeight;
    const top = below ? at.bottom + GAP : at.top - GAP - own.height;
    const left = at.left + at.width / 2 - own.width / 2;
    tip.style.top = `${Math.max(4, top)}px`;
    tip.style.left = `${Math.max(4, Math.min(left, innerWidth - own.width - 4))}px`;
  };

  const withTip = (event: Event) =>
    event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tip]") : null;

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const target = withTip(event);
    if (target?.contains(event.relatedTarget as Node | null)) return;
    const wasOpen = tip.matches(":popover-open");
    hide();
    if (!target || event.buttons !== 0) return;
    const soon = wasOpen || performance.now() - hiddenAt < AGAIN;
    timer = window.setTimeout(() => show(target), soon ? 0 : WAIT);
  });
  document.addEventListener("focusin", (event) => {
    const target = withTip(event);
    if (!target?.matches(":focus-visible")) return;
    clearTimeout(timer);
    // Not at once: the focus may come from a menu that is just being opened, and two cannot open in one step.
    timer = window.setTimeout(() => show(target), 0);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("pointerdown", hide, true);
  document.addEventListener("keydown", hide, true);
  document.documentElement.addEventListener("pointerleave", hide);
}
