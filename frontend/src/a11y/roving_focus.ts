const STEP: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

function reachable(container: HTMLElement): HTMLElement[] {
  return [
    ...container.querySelectorAll<HTMLElement>("button:not(:disabled), [role=menuitem], a[href]"),
  ].filter((item) => item.offsetParent !== null);
}

/**
 * Arrow keys, Home and End walk the buttons of a toolbar or menu (ARIA's toolbar pattern).
 * Handles the event, or leaves it alone when it is about something else.
 */
export function walkWithArrows(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement)
    return;
  const container = event.currentTarget as HTMLElement;
  const items = reachable(container);
  const here = items.indexOf(document.activeElement as HTMLElement);
  let next = -1;
  if (event.key in STEP) next = (here + (STEP[event.key] as number) + items.length) % items.length;
  else if (event.key === "Home") next = 0;
  else if (event.key === "End") next = items.length - 1;
  if (next < 0 || items.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  items[next]?.focus();
}
