import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { walkWithArrows } from "../../../a11y/roving_focus";
import type { Tone } from "../../../elements/colours";
import { type MessageKey, t } from "../../../i18n/translate";
import type { Swatch } from "../../../theme/palette";
import { shownColor } from "../shown_color";
import { ColorPicker } from "./color_picker";

interface ColorRowProps {
  readonly label: string;
  readonly swatches: readonly Swatch[];
  readonly tone?: Tone;
  /** #rrggbb, "transparent", or undefined when what is selected differs. */
  readonly value: string | undefined;
  readonly onChoose: (color: string) => void;
  readonly onPick?: () => void;
}

/** The colours used most, and behind the last button all others. */
export function ColorRow({ label, swatches, tone, value, onChoose, onPick }: ColorRowProps) {
  const open = useSignal(false);
  const last = useRef<HTMLButtonElement>(null);
  const isListed = swatches.some(({ color }) => color === value);
  return (
    <fieldset class="style-row">
      <legend class="label">{label}</legend>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys walk its buttons. */}
      <div class="swatches" onKeyDown={walkWithArrows}>
        {swatches.map(({ name, color }) => (
          <button
            key={color}
            type="button"
            class={color === "transparent" ? "swatch swatch-none" : "swatch"}
            style={{ "--swatch": shownColor(color, tone) }}
            aria-label={t(`color.${name}` as MessageKey)}
            aria-pressed={color === value}
            data-tip={t(`color.${name}` as MessageKey)}
            data-value={color}
            onClick={() => onChoose(color)}
          />
        ))}
        <button
          ref={last}
          type="button"
          class={`swatch ${value === undefined || isListed ? "swatch-any" : ""}`}
          style={{ "--swatch": value && !isListed ? shownColor(value, tone) : undefined }}
          aria-label={t("style.more")}
          aria-haspopup="dialog"
          aria-expanded={open.value}
          aria-pressed={value !== undefined && !isListed}
          data-tip={t("style.more")}
          onClick={() => {
            open.value = !open.value;
          }}
        />
      </div>
      {open.value && last.current && (
        <ColorPicker
          anchor={last.current}
          label={label}
          tone={tone}
          value={value}
          onChoose={onChoose}
          onPick={onPick}
          onClose={() => {
            open.value = false;
          }}
        />
      )}
    </fieldset>
  );
}
