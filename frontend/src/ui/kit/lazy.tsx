import { type ComponentType, h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n/translate";
import { showToast } from "./toasts";

const waiting: (() => Promise<unknown>)[] = [];

/** A component whose code is fetched when it is first shown, or before that by `fetchLater`. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  const fetchOnce = async () => {
    loaded ??= await load();
    return loaded;
  };
  waiting.push(fetchOnce);
  return function Lazy(props: P) {
    const [, redraw] = useState(0);
    useEffect(() => {
      if (loaded) return;
      const attempt = () => {
        fetchOnce().then(
          () => redraw(1),
          () => {
            showToast({ key: "part", kind: "failed", words: t("error.part") });
            addEventListener("online", attempt, { once: true });
          },
        );
      };
      attempt();
      return () => removeEventListener("online", attempt);
    }, []);
    return loaded && h(loaded, props);
  };
}

/** Has `fetchLater` fetch this too: code that is no component, and would be missed offline. */
export function alsoLater(load: () => Promise<unknown>): void {
  waiting.push(load);
}

/**
 * Fetches what is not on the screen yet, while nobody waits: it is there at once when asked for, offline too.
 * Each part waits for `idle`: a board that is still being painted is not to wait for code that nobody asked for.
 */
export async function fetchLater(idle: () => Promise<void>): Promise<void> {
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    try {
      await idle();
      await next();
      waiting.shift();
    } catch {
      addEventListener("online", () => void fetchLater(idle), { once: true });
      return; // Offline: it goes on when the network is back.
    }
  }
}
