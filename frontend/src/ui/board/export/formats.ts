import { type MessageKey, t } from "../../../i18n/translate";
import type { Theme } from "../../../theme/theme";
import type { ExportFormat } from "../board_model";
import type { Option } from "../style/choice";

/** What each format is good for. */
export const WHAT_FOR: Readonly<Record<ExportFormat, MessageKey>> = {
  png: "export.png",
  svg: "export.svg",
  pdf: "export.pdf",
  excalidraw: "export.excalidraw",
  inkwire: "export.inkwire",
  json: "export.json",
  ndjson: "export.ndjson",
};

const NAMES: Readonly<Record<ExportFormat, string>> = {
  png: "PNG",
  svg: "SVG",
  pdf: "PDF",
  excalidraw: "Excalidraw",
  inkwire: t("export.backup"),
  json: "JSON",
  ndjson: "NDJSON",
};

export const FORMATS: readonly Option<ExportFormat>[] = (Object.keys(NAMES) as ExportFormat[]).map(
  (value) => ({ value, label: NAMES[value], sign: NAMES[value] }),
);

export const SCALES: readonly Option<number>[] = [1, 2, 3].map((value) => {
  return { value, label: `${value}×`, sign: `${value}×` };
});

export const THEMES: readonly Option<Theme>[] = [
  { value: "light", label: t("export.light"), sign: t("export.light") },
  { value: "dark", label: t("export.dark"), sign: t("export.dark") },
];

/** Whether it has colours and a background. */
export function isDrawn(format: ExportFormat): boolean {
  return isPicture(format) || format === "pdf";
}

/** Whether it is one picture, which has a size and can be copied. */
export function isPicture(format: ExportFormat): format is "png" | "svg" {
  return format === "png" || format === "svg";
}

/** A number of bytes as people say it. */
export function sizeWords(bytes: number): string {
  const isMany = bytes >= 1e6;
  const number = isMany ? (bytes / 1e6).toFixed(1) : Math.ceil(bytes / 1e3);
  return `${number} ${isMany ? "MB" : "kB"}`;
}
