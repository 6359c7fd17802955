import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { walkWithArrows } from "../../../a11y/roving_focus";
import { Icon } from "../../kit/icon";

export interface Option<T> {
  readonly value: T;
  readonly label: string;
  readonly icon?: IconNode;
  /** Shown where there is no icon. */
  readonly sign?: string;
  readonly class?: string;
}

interface ChoiceProps<T> {
  readonly label: string;
  readonly options: readonly Option<T>[];
  /** Undefined when what is selected differs. */
  readonly value: T | undefined;
  readonly onChoose: (value: T) => void;
  /** Stands after the row. */
  readonly children?: ComponentChildren;
}

/** A row of which one is chosen. */
export function Choice<T>({ label, options, value, onChoose, children }: ChoiceProps<T>) {
  return (
    <fieldset class="style-row">
      <legend class="label">{label}</legend>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk its buttons. */}
      <div class="choice" onKeyDown={walkWithArrows}>
        {options.map((option) => (
          <button
            key={option.label}
            type="button"
            class={`choice-button ${option.class ?? ""}`}
            aria-label={option.label}
            aria-pressed={option.value === value}
            data-tip={option.label}
            data-value={String(option.value)}
            onClick={() => onChoose(option.value)}
          >
            {option.icon ? <Icon of={option.icon} size="18px" /> : option.sign}
          </button>
        ))}
        {children}
      </div>
    </fieldset>
  );
}
