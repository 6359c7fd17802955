import {
  AlignVerticalJustifyCenter,
  AlignVerticalJustifyEnd,
  AlignVerticalJustifyStart,
  TextAlignCenter,
  TextAlignEnd,
  TextAlignStart,
} from "lucide";
import { FONT_SIZES, STROKE_WIDTHS } from "../../../editor/style";
import type {
  Align,
  Curve,
  Dash,
  FillStyle,
  Font,
  VerticalAlign,
} from "../../../generated/protocol";
import { t } from "../../../i18n/translate";
import type { Option } from "./choice";
import {
  CORNER_GLYPHS,
  CURVE_GLYPHS,
  DASH_GLYPHS,
  FILL_GLYPHS,
  ROUGHNESS_GLYPHS,
  widthGlyph,
} from "./glyphs";

export const WIDTHS: readonly Option<number>[] = [
  { value: STROKE_WIDTHS.S, label: t("width.thin"), icon: widthGlyph(1.5) },
  { value: STROKE_WIDTHS.M, label: t("width.medium"), icon: widthGlyph(3) },
  { value: STROKE_WIDTHS.L, label: t("width.bold"), icon: widthGlyph(4.5) },
  { value: STROKE_WIDTHS.XL, label: t("width.heavy"), icon: widthGlyph(7) },
];

export const DASHES: readonly Option<Dash>[] = (["solid", "dashed", "dotted"] as const).map(
  (value) => ({ value, label: t(`dash.${value}`), icon: DASH_GLYPHS[value] }),
);

export const FILL_STYLES: readonly Option<FillStyle>[] = (
  ["solid", "hachure", "cross-hatch", "zigzag"] as const
).map((value) => ({ value, label: t(`fill.${value}`), icon: FILL_GLYPHS[value] }));

export const ROUGHNESSES: readonly Option<number>[] = (["clean", "hand", "wild"] as const).map(
  (name, value) => ({ value, label: t(`roughness.${name}`), icon: ROUGHNESS_GLYPHS[name] }),
);

export const CORNERS: readonly Option<boolean>[] = (["sharp", "round"] as const).map((name) => ({
  value: name === "round",
  label: t(`corners.${name}`),
  icon: CORNER_GLYPHS[name],
}));

export const CURVES: readonly Option<Curve>[] = (["sharp", "round", "elbow"] as const).map(
  (value) => ({ value, label: t(`curve.${value}`), icon: CURVE_GLYPHS[value] }),
);

export const FONTS: readonly Option<Font>[] = (["hand", "sans", "serif", "mono"] as const).map(
  (value) => ({ value, label: t(`font.${value}`), sign: "Aa", class: `font-${value}` }),
);

export const SIZES: readonly Option<number>[] = [
  { value: FONT_SIZES.S, label: t("size.small"), sign: "S" },
  { value: FONT_SIZES.M, label: t("size.medium"), sign: "M" },
  { value: FONT_SIZES.L, label: t("size.large"), sign: "L" },
  { value: FONT_SIZES.XL, label: t("size.huge"), sign: "XL" },
];

export const ALIGNS: readonly Option<Align>[] = [
  { value: "left", label: t("align.left"), icon: TextAlignStart },
  { value: "center", label: t("align.center"), icon: TextAlignCenter },
  { value: "right", label: t("align.right"), icon: TextAlignEnd },
];

export const VERTICAL_ALIGNS: readonly Option<VerticalAlign>[] = [
  { value: "top", label: t("align.top"), icon: AlignVerticalJustifyStart },
  { value: "middle", label: t("align.middle"), icon: AlignVerticalJustifyCenter },
  { value: "bottom", label: t("align.bottom"), icon: AlignVerticalJustifyEnd },
];
