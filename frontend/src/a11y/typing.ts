const TEXT_INPUTS = new Set([
  "text",
  "search",
  "url",
  "email",
  "number",
  "password",
  "tel",
  "color",
]);

/** Whether keys pressed at `target` are a text being typed. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return TEXT_INPUTS.has(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** Whether a dialog, menu or panel is open: keys are its own, Escape closes it. */
export function isPanelOpen(): boolean {
  return document.querySelector("dialog[open], [popover=auto]:popover-open") !== null;
}

/** Whether a panel that was asked for has not come yet: what is typed meanwhile is meant for it. */
export function isPanelAwaited(name: string | null): boolean {
  return name !== null && document.querySelector(".panel-place > *") === null;
}

/** Whether the control at `target` itself answers to this key (Enter on a button, arrows in a slider). */
export function controlTakes(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (isTyping(target)) return true;
  if (target instanceof HTMLInputElement) return key.startsWith("Arrow") || key === " ";
  const isControl = target.closest("button, a[href], [role=menuitem], select") !== null;
  return isControl && (key === "Enter" || key === " ");
}
