import type { IconNode } from "lucide";
import { h } from "preact";

interface IconProps {
  readonly of: IconNode;
  readonly size?: number | string;
}

/** An icon of the one family (lucide), as part of the page's text colour; never read aloud. */
export function Icon({ of, size = "var(--icon)" }: IconProps) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      style={{ width: size, height: size }}
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
