/** Calls when the window comes to a screen of another pixel density; answers how to stop. */
export function watchPixelRatio(changed: () => void): () => void {
  let query: MediaQueryList;
  const ask = () => {
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener("change", onChange, { once: true });
  };
  const onChange = () => {
    changed();
    ask();
  };
  ask();
  return () => query.removeEventListener("change", onChange);
}
