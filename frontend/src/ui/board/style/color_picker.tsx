import { useSignal } from "@preact/signals";
import { Palette, Pipette } from "lucide";
import type { Tone } from "../../../elements/colours";
import { type MessageKey, t } from "../../../i18n/translate";
import { GRID } from "../../../theme/palette";
import { Icon } from "../../kit/icon";
import { Popover } from "../../kit/popover";
import { shownColor } from "../shown_color";

interface ColorPickerProps {
  readonly anchor: HTMLElement;
  readonly label: string;
  readonly tone?: Tone | undefined;
  readonly value: string | undefined;
  readonly onChoose: (color: string) => void;
  /** Takes the colour of what is on the board. */
  readonly onPick?: (() => void) | undefined;
  readonly onClose: () => void;
}

const HEX = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** All hues in their shades, and any colour at all by number or the system's own picker. */
export function ColorPicker(props: ColorPickerProps) {
  const { anchor, label, tone, value, onChoose, onPick, onClose } = props;
  const typed = useSignal<string | null>(null);
  const current = value?.startsWith("#") ? value.slice(0, 7) : "#000000";
  const choose = (text: string) => {
    const color = hexColor(text);
    if (color !== null) onChoose(color);
  };
  return (
    <Popover anchor={anchor} side="right" class="color-picker" label={label} onClose={onClose}>
      <div class="color-grid">
        {GRID.map(({ name, colors }) =>
          colors.map((color, shade) => (
            <button
              key={color}
              type="button"
              class="swatch"
              style={{ "--swatch": shownColor(color, tone) }}
              aria-label={`${t(`color.${name}` as MessageKey)} ${shade + 1}`}
              aria-pressed={color === value}
              onClick={() => onChoose(color)}
            />
          )),
        )}
      </div>
      <div class="color-own">
        {onPick && (
          <button
            type="button"
            class="button color-system"
            aria-label={t("command.pick-colour")}
            data-tip={t("command.pick-colour")}
            onClick={() => {
              onClose();
              onPick();
            }}
          >
            <Icon of={Pipette} size="16px" />
          </button>
        )}
        <label class="button color-system" data-tip={t("style.custom")}>
          <Icon of={Palette} size="16px" />
          <input
            type="color"
            aria-label={t("style.custom")}
            value={current}
            onChange={(event) => choose(event.currentTarget.value)}
          />
        </label>
        <input
          class="field"
          type="text"
          spellcheck={false}
          maxLength={7}
          aria-label={t("style.hex")}
          aria-invalid={typed.value !== null && hexColor(typed.value) === null}
          value={typed.value ?? value ?? ""}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            choose(typed.value);
          }}
          onBlur={() => {
            typed.value = null;
          }}
        />
      </div>
    </Popover>
  );
}

/** "#rrggbb" of what was typed; null while it is no colour. */
function hexColor(text: string): string | null {
  const digits = HEX.exec(text.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return null;
  return `#${digits.length === 3 ? digits.replace(/./g, "$&$&") : digits}`;
}
