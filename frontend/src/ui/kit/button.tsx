import type { IconNode } from "lucide";
import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { ariaKeys } from "../../a11y/platform_keys";
import { Icon } from "./icon";

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconNode;
  readonly label: string;
  /** Key combinations, best first: `Ctrl+Z`, `R`. */
  readonly keys?: readonly string[];
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly children?: ComponentChildren;
  readonly [data: `data-${string}`]: string | undefined;
}

/** A square button with an icon, its name for screen readers and a tooltip with its keys. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, keys = [], pressed, children, class: extra, ...rest } = props;
  return (
    <button
      type="button"
      class={`icon-button ${extra ?? ""}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys.map(ariaKeys).join(" ") || undefined}
      data-tip={label}
      data-keys={keys.slice(0, 2).join(" ")}
      {...rest}
    >
      <Icon of={icon} />
      {children}
    </button>
  );
}
