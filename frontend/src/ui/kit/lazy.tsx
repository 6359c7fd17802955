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
      fetchOnce().then(
        () => redraw(1),
        () => showToast({ key: "part", kind: "failed", words: t("error.part") }),
      );
    }, []);
    return loaded && h(loaded, props);
  };
}

/** Fetches what is not on the screen yet, while nobody waits: it is there at once when asked for, offline too. */
export async function fetchLater(): Promise<void> {
  for (const fetchOnce of waiting.splice(0)) {
    try {
      await fetchOnce();
    } catch {
      return; // Offline: each part is fetched again when it is asked for.
    }
  }
}
