import { showBox } from "../editor/fit";
import type { Vec } from "../geometry/place";
import { t } from "../i18n/translate";
import { showToast } from "../ui/kit/toasts";
import type { Drawable } from "./board_parts";
import { me } from "./identity";
import { type Imported, importFile } from "./import_file";
import { ServerRefusal } from "./server";

const READABLE = /\.(excalidraw(lib)?|inkwire|ndjson|tldr|json)$/i;

/**
 * Brings a file's drawing in, its middle at a point of the world, else in the middle of the screen.
 *
 * What came in is shown and selected, and can be taken back as one step.
 */
export async function bringIn(parts: Drawable, file: File, at?: Vec): Promise<void> {
  const { editor, sync, camera, address } = parts;
  const { name } = file;
  const key = `import ${name}`;
  const failed = (words: string) => showToast({ key, kind: "failed", words });
  if (editor.readOnly.value) return failed(t("import.viewOnly"));
  if (!READABLE.test(name))
    return failed(t("import.failed", { name, reason: t("import.wrongType") }));
  if (sync.state.value !== "live") return failed(t("import.offline"));

  const { width, height } = editor.ports.stage.size;
  const middle = at ?? camera.toWorld(width / 2, height / 2);
  const point = { ...middle, person: me.value.person };
  showToast({ key, kind: "working", words: t("import.reading", { name }) });
  try {
    const imported = await importFile(address, file, point, (done, total) => {
      const words = t("import.progress", { name, done, total });
      showToast({ key, kind: "working", words, progress: total > 0 ? done / total : 0 });
    });
    if (imported.count === 0) return failed(t("import.empty", { name }));
    await arrived(parts, imported.ids);
    editor.history.adopt(imported.ids, editor.newGesture());
    show(parts, imported);
    const words = [t("import.done", { n: imported.count, name }), skippedWords(imported)];
    const undo = { words: t("import.undo"), run: () => editor.undo() };
    showToast({ key, kind: "done", words: words.filter(Boolean).join(" "), action: undo });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const where = error instanceof ServerRefusal ? error.where : "";
    failed(
      where === ""
        ? t("import.failed", { name, reason })
        : t("import.failedAt", { name, reason, where }),
    );
  }
}

/** Resolves when all of these elements are on the board as this page shows it. */
function arrived({ replica }: Drawable, ids: readonly string[]): Promise<void> {
  const missing = new Set(ids.filter((id) => replica.get(id) === undefined));
  if (missing.size === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = replica.subscribe(({ added }) => {
      for (const { id } of added) missing.delete(id);
      if (missing.size > 0) return;
      stop();
      resolve();
    });
  });
}

function show({ editor }: Drawable, { ids, bounds }: Imported): void {
  editor.setTool("select");
  editor.select(ids);
  if (bounds === null) return;
  const [x, y, width, height] = bounds;
  const box = { minX: x, minY: y, maxX: x + width, maxY: y + height };
  showBox(editor.ports.stage, box);
}

function skippedWords({ skipped }: Imported): string {
  const kinds = Object.keys(skipped);
  if (kinds.length === 0) return "";
  const n = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return t("import.skipped", { n, what: kinds.join(", ") });
}
