import { BringToFront, CopyPlus, SendToBack, Trash2 } from "lucide";
import { commonStyle, type Style } from "../../../editor/style";
import { isTransparent } from "../../../elements/colours";
import { t } from "../../../i18n/translate";
import { FILLS, INKS, MARKERS, PAPERS } from "../../../theme/palette";
import { IconButton } from "../../kit/button";
import { keysOf, useEditing, useStyled } from "../board_model";
import { Choice } from "./choice";
import { ColorRow } from "./color_row";
import { HandRow } from "./hand_rows";
import { HeadRow } from "./head_row";
import { NameRow } from "./name_row";
import { OpacityRow } from "./opacity_row";
import {
  ALIGNS,
  CORNERS,
  CURVES,
  DASHES,
  FILL_STYLES,
  FONTS,
  ROUGHNESSES,
  VERTICAL_ALIGNS,
  WIDTHS,
} from "./options";
import { type Section, sectionsFor } from "./sections";
import { SizeRow } from "./size_row";

/** How the selection looks, or the next element: only what means something for it. */
export function StylePanel() {
  const editing = useEditing();
  const { editor } = editing;
  const { elements, labels } = useStyled();
  const next = editor.style.value;
  const style: Partial<Style> = elements.length === 0 ? next : commonStyle(elements, labels);
  const isFilled = style.fill === undefined || !isTransparent(style.fill);
  const sections = sectionsFor(editor.tool.value, elements, isFilled, labels);
  if (sections.length === 0) return null;
  const set = (patch: Partial<Style>) => editor.setStyle(patch);
  return (
    <section class="style-panel" aria-label={t("style.label")} data-testid="style">
      {sections.map((section) => (
        <Row key={section} section={section} style={style} set={set} />
      ))}
      {editing.selected.value.length > 0 && <Arrange />}
    </section>
  );
}

interface RowProps {
  readonly section: Section;
  readonly style: Partial<Style>;
  readonly set: (patch: Partial<Style>) => void;
}

function Row({ section, style, set }: RowProps) {
  const { editor } = useEditing();
  switch (section) {
    case "stroke":
    case "textColor":
      return (
        <ColorRow
          label={t(section === "stroke" ? "style.stroke" : "style.textColor")}
          swatches={INKS}
          value={style.color}
          onChoose={(color) => set({ color })}
          onPick={() => editor.run("pick-colour")}
        />
      );
    case "marker":
      return (
        <ColorRow
          label={t("style.marker")}
          swatches={MARKERS}
          tone="marker"
          value={style.marker}
          onChoose={(marker) => set({ marker })}
        />
      );
    case "paper":
      return (
        <ColorRow
          label={t("style.noteColor")}
          swatches={PAPERS}
          tone="paper"
          value={style.paper}
          onChoose={(paper) => set({ paper })}
        />
      );
    case "fill":
      return (
        <ColorRow
          label={t("style.fill")}
          swatches={FILLS}
          value={style.fill}
          onChoose={(fill) => set({ fill })}
          onPick={() => editor.run("pick-fill")}
        />
      );
    case "fillStyle":
      return (
        <Choice
          label={t("style.fillStyle")}
          options={FILL_STYLES}
          value={style.fillStyle}
          onChoose={(fillStyle) => set({ fillStyle })}
        />
      );
    case "width":
      return (
        <Choice
          label={t("style.width")}
          options={WIDTHS}
          value={style.strokeWidth}
          onChoose={(strokeWidth) => set({ strokeWidth })}
        />
      );
    case "dash":
      return (
        <Choice
          label={t("style.dash")}
          options={DASHES}
          value={style.dash}
          onChoose={(dash) => set({ dash })}
        />
      );
    case "roughness":
      return (
        <Choice
          label={t("style.roughness")}
          options={ROUGHNESSES}
          value={style.roughness}
          onChoose={(roughness) => set({ roughness })}
        />
      );
    case "corners":
      return (
        <Choice
          label={t("style.corners")}
          options={CORNERS}
          value={style.rounded}
          onChoose={(rounded) => set({ rounded })}
        />
      );
    case "curve":
      return (
        <Choice
          label={t("style.curve")}
          options={CURVES}
          value={style.curve}
          onChoose={(curve) => set({ curve })}
        />
      );
    case "heads":
      return <HeadRow style={style} set={set} />;
    case "font":
      return (
        <Choice
          label={t("style.font")}
          options={FONTS}
          value={style.font}
          onChoose={(font) => set({ font })}
        />
      );
    case "size":
      return <SizeRow value={style.fontSize} onChoose={(fontSize) => set({ fontSize })} />;
    case "align":
      return (
        <Choice
          label={t("style.align")}
          options={ALIGNS}
          value={style.align}
          onChoose={(align) => set({ align })}
        />
      );
    case "verticalAlign":
      return (
        <Choice
          label={t("style.verticalAlign")}
          options={VERTICAL_ALIGNS}
          value={style.verticalAlign}
          onChoose={(verticalAlign) => set({ verticalAlign })}
        />
      );
    case "erases":
    case "steadies":
    case "recognises":
      return <HandRow section={section} />;
    case "name":
      return <NameRow />;
    case "opacity":
      return <OpacityRow value={style.opacity} onChoose={(opacity) => set({ opacity })} />;
  }
}

/** What fingers without a keyboard need of the commands for a selection. */
function Arrange() {
  const editing = useEditing();
  const { editor } = editing;
  const actions = [
    ["duplicate", CopyPlus, "command.duplicate"],
    ["to-front", BringToFront, "command.to-front"],
    ["to-back", SendToBack, "command.to-back"],
    ["delete", Trash2, "command.delete"],
  ] as const;
  return (
    <fieldset class="style-row">
      <legend class="label">{t("style.arrange")}</legend>
      <div class="arrange">
        {actions.map(([id, icon, label]) => (
          <IconButton
            key={id}
            icon={icon}
            class="small"
            label={t(label)}
            keys={keysOf(editing, id)}
            data-command={id}
            onClick={() => editor.run(id)}
          />
        ))}
      </div>
    </fieldset>
  );
}
