import type { IconNode } from "lucide";
import { keyNames } from "../../a11y/platform_keys";
import { Icon } from "./icon";
import "./menu.css";

interface MenuRowProps {
  readonly icon?: IconNode | undefined;
  readonly label: string;
  /** The chord shown at the right. */
  readonly keys?: string | undefined;
  /** Makes it a check mark that is on or off. */
  readonly checked?: boolean;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onChoose: () => void;
}

export function MenuRow(props: MenuRowProps) {
  const { icon, label, keys, checked, danger, disabled, onChoose } = props;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: it is checked only where the role is a check box's.
    <button
      type="button"
      role={checked === undefined ? "menuitem" : "menuitemcheckbox"}
      aria-checked={checked}
      class={danger ? "menu-row danger" : "menu-row"}
      disabled={disabled}
      onClick={onChoose}
    >
      <span class="menu-icon">{icon && <Icon of={icon} size="16px" />}</span>
      <span class="menu-label">{label}</span>
      {keys !== undefined && (
        <span class="menu-keys" aria-hidden="true">
          {keyNames(keys).map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
      {checked !== undefined && <span class="switch" aria-hidden="true" />}
    </button>
  );
}

export function MenuLine() {
  return <hr class="menu-line" />;
}
