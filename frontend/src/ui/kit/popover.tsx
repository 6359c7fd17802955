import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface Anchor {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface PopoverProps {
  /** What it belongs to: an element, or a place on the screen (px). */
  readonly anchor: HTMLElement | Anchor;
  readonly side?: "below" | "above" | "right";
  readonly align?: "start" | "end" | "center";
  readonly class?: string;
  /** The pointer that is down while it opens. */
  readonly heldBy?: number | undefined;
  readonly role?: "menu" | "dialog" | "listbox";
  readonly label: string;
  readonly onClose: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children: ComponentChildren;
}

const GAP = 6;
const MARGIN = 8;

/**
 * A panel in the top layer beside its anchor, kept inside the window. The platform's own popover
 * closes it on Escape and on a press elsewhere, and gives the focus back.
 */
export function Popover(props: PopoverProps) {
  const panel = useRef<HTMLDivElement>(null);
  const { anchor, side = "below", align = "start", heldBy, onClose } = props;

  useLayoutEffect(() => {
    const element = panel.current;
    if (!element) return;
    const before = document.activeElement;
    element.showPopover();
    placeBeside(element, anchor, side, align);
    if (heldBy !== undefined) takePointer(element, heldBy);
    const first = element.querySelector<HTMLElement>(
      "[autofocus], [aria-checked=true], button, input, a",
    );
    (first ?? element).focus({ preventScroll: true });
    const fit = () => placeBeside(element, anchor, side, align);
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    window.addEventListener("resize", fit);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", fit);
      const lost =
        document.activeElement === document.body || element.contains(document.activeElement);
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [anchor, side, align, heldBy]);

  return (
    // biome-ignore lint/a11y: its role is a property, always one that takes a name and keys.
    <div
      ref={panel}
      popover="auto"
      tabIndex={-1}
      class={`popover ${props.class ?? ""}`}
      role={props.role ?? "dialog"}
      aria-label={props.label}
      onKeyDown={props.onKeyDown}
      onToggle={(event) => {
        if (event.newState === "closed") onClose();
      }}
    >
      {props.children}
    </div>
  );
}

/** A finger lifted outside would close what it has just opened. */
function takePointer(panel: HTMLElement, pointerId: number): void {
  try {
    panel.setPointerCapture(pointerId);
  } catch {
    // It is lifted already.
  }
}

function placeBeside(
  panel: HTMLElement,
  anchor: HTMLElement | Anchor,
  side: "below" | "above" | "right",
  align: "start" | "end" | "center",
): void {
  const at = anchor instanceof HTMLElement ? anchor.getBoundingClientRect() : anchor;
  const { width, height } = panel.getBoundingClientRect();
  let left = at.right - width;
  let top = at.bottom + GAP;
  if (side === "right") {
    left = at.right + GAP;
    top = at.top;
  } else {
    if (align === "start") left = at.left;
    if (align === "center") left = (at.left + at.right - width) / 2;
    if (side === "above" || top + height > innerHeight - MARGIN) {
      const above = at.top - GAP - height;
      if (above >= MARGIN || side === "above") top = above;
    }
  }
  panel.style.left = `${clamp(left, MARGIN, innerWidth - width - MARGIN)}px`;
  panel.style.top = `${clamp(top, MARGIN, innerHeight - height - MARGIN)}px`;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
