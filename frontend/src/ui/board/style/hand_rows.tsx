import { Eraser, Scissors } from "lucide";
import type { Hand } from "../../../editor/hand";
import { t } from "../../../i18n/translate";
import { useEditing } from "../board_model";
import { Choice, type Option } from "./choice";
import { RECOGNITION_GLYPHS, STEADY_GLYPHS } from "./glyphs";

const ERASING: readonly Option<Hand["erases"]>[] = [
  { value: "whole", label: t("erases.whole"), icon: Eraser },
  { value: "part", label: t("erases.part"), icon: Scissors },
];

const STEADYING: readonly Option<Hand["steadies"]>[] = (["off", "normal", "strong"] as const).map(
  (value) => ({ value, label: t(`steadies.${value}`), icon: STEADY_GLYPHS[value] }),
);

const RECOGNISING: readonly Option<Hand["recognises"]>[] = (["off", "on"] as const).map(
  (value) => ({ value, label: t(`recognises.${value}`), icon: RECOGNITION_GLYPHS[value] }),
);

export type HandSection = keyof Hand;

/** How pen and eraser work in one's hand: settings of the person, not of what is drawn. */
export function HandRow({ section }: { readonly section: HandSection }) {
  const { editor } = useEditing();
  const hand = editor.hand.value;
  switch (section) {
    case "erases":
      return (
        <Choice
          label={t("style.erases")}
          options={ERASING}
          value={hand.erases}
          onChoose={(erases) => editor.setHand({ erases })}
        />
      );
    case "steadies":
      return (
        <Choice
          label={t("style.steadies")}
          options={STEADYING}
          value={hand.steadies}
          onChoose={(steadies) => editor.setHand({ steadies })}
        />
      );
    case "recognises":
      return (
        <Choice
          label={t("style.recognises")}
          options={RECOGNISING}
          value={hand.recognises}
          onChoose={(recognises) => editor.setHand({ recognises })}
        />
      );
  }
}
