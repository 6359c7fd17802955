import { t } from "../../../i18n/translate";
import { Choice } from "./choice";
import { SIZES } from "./options";

/** World units that letters can be high. */
const LEAST = 4;
const MOST = 400;

interface SizeRowProps {
  /** Undefined when what is selected differs. */
  readonly value: number | undefined;
  readonly onChoose: (fontSize: number) => void;
}

/** The size of letters: four that are often meant, and any other as a number. */
export function SizeRow({ value, onChoose }: SizeRowProps) {
  return (
    <Choice label={t("style.size")} options={SIZES} value={value} onChoose={onChoose}>
      <input
        type="number"
        class="size-number"
        min={LEAST}
        max={MOST}
        aria-label={t("style.sizeInUnits")}
        data-tip={t("style.sizeInUnits")}
        value={value === undefined ? "" : Math.round(value)}
        onChange={({ currentTarget }) => {
          const size = currentTarget.valueAsNumber;
          if (size >= LEAST && size <= MOST) onChoose(size);
          else currentTarget.value = value === undefined ? "" : String(Math.round(value));
        }}
        onKeyDown={(event) => event.stopPropagation()}
      />
    </Choice>
  );
}
