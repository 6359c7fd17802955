import { useSignal } from "@preact/signals";
import { t } from "../../../i18n/translate";

interface OpacityRowProps {
  /** 0..1, or undefined when what is selected differs. */
  readonly value: number | undefined;
  readonly onChoose: (opacity: number) => void;
}

/** Changed while the thumb is dragged, and the board once it is let go: one step of undo. */
export function OpacityRow({ value, onChoose }: OpacityRowProps) {
  const dragged = useSignal<number | null>(null);
  const percent = dragged.value ?? Math.round((value ?? 1) * 100);
  return (
    <label class="style-row opacity-row">
      <span class="label">
        {t("style.opacity")}
        <output>{percent}%</output>
      </span>
      <input
        type="range"
        min={5}
        max={100}
        step={5}
        value={percent}
        style={{ "--share": `${((percent - 5) / 95) * 100}%` }}
        onInput={(event) => {
          dragged.value = event.currentTarget.valueAsNumber;
        }}
        onChange={(event) => {
          dragged.value = null;
          onChoose(event.currentTarget.valueAsNumber / 100);
        }}
      />
    </label>
  );
}
