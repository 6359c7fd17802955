import { signal } from "@preact/signals";
import { CircleAlert, CircleCheck, LoaderCircle, TriangleAlert, X } from "lucide";
import { t } from "../../i18n/translate";
import { IconButton } from "./button";
import { Icon } from "./icon";

export interface Toast {
  /** A second toast with the same key takes the first one's place. */
  readonly key: string;
  readonly words: string;
  /** `warned` and `working` stay until they are taken back: they say what is still so. */
  readonly kind: "told" | "done" | "failed" | "working" | "warned";
  readonly action?: { readonly words: string; readonly run: () => void };
  /** Part done, 0..1. */
  readonly progress?: number;
}

const READ_MS = 6000;
const READ_FAILED_MS = 12_000;
const SHOWN = 4;
const toasts = signal<readonly Toast[]>([]);
const timers = new Map<string, number>();

export function showToast(toast: Toast): void {
  const shown = toasts.peek();
  const index = shown.findIndex(({ key }) => key === toast.key);
  toasts.value = index >= 0 ? shown.with(index, toast) : withRoom([...shown, toast]);
  keepFor(toast.key, toast.kind);
}

export function hideToast(key: string): void {
  toasts.value = toasts.peek().filter((shown) => shown.key !== key);
  clearTimeout(timers.get(key));
  timers.delete(key);
}

/** The oldest of what passes by itself makes room; what is still so stays. */
function withRoom(wanted: readonly Toast[]): readonly Toast[] {
  const passing = wanted.filter(({ kind }) => !stays(kind));
  const gone = new Set(passing.slice(0, Math.max(0, wanted.length - SHOWN)));
  gone.delete(wanted.at(-1) as Toast);
  return wanted.filter((toast) => !gone.has(toast));
}

function stays(kind: Toast["kind"]): boolean {
  return kind === "working" || kind === "warned";
}

function keepFor(key: string, kind: Toast["kind"]): void {
  clearTimeout(timers.get(key));
  if (stays(kind)) return;
  timers.set(
    key,
    window.setTimeout(() => hideToast(key), kind === "failed" ? READ_FAILED_MS : READ_MS),
  );
}

const icons = {
  told: null,
  done: CircleCheck,
  failed: CircleAlert,
  working: LoaderCircle,
  warned: TriangleAlert,
};

/** The messages of the page, read out politely; a mouse or focus on one keeps it. */
export function Toasts() {
  return (
    <section class="toasts" aria-label={t("toast.label")} role="status" aria-live="polite">
      {toasts.value.map((toast) => {
        const icon = icons[toast.kind];
        return (
          <div
            key={toast.key}
            class={`toast toast-${toast.kind}`}
            data-testid="toast"
            onPointerEnter={() => clearTimeout(timers.get(toast.key))}
            onPointerLeave={() => keepFor(toast.key, toast.kind)}
          >
            {icon && (
              <span class={toast.kind === "working" ? "toast-icon spin" : "toast-icon"}>
                <Icon of={icon} />
              </span>
            )}
            <span class="toast-words">{toast.words}</span>
            {toast.action && (
              <button
                type="button"
                class="link-button"
                onClick={() => {
                  toast.action?.run();
                  hideToast(toast.key);
                }}
              >
                {toast.action.words}
              </button>
            )}
            {toast.kind !== "working" && (
              <IconButton
                icon={X}
                label={t("toast.close")}
                onClick={() => hideToast(toast.key)}
                class="small"
              />
            )}
            {toast.progress !== undefined && (
              <progress class="toast-progress" value={toast.progress} max={1} />
            )}
          </div>
        );
      })}
    </section>
  );
}
