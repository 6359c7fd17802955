import { render } from "preact";
import type { Stop } from "./board_model";

/** The end of a page that never came to show a board. */
export async function mountStopped(host: HTMLElement, stop: Stop): Promise<void> {
  const { Stopped } = await import("./stopped");
  render(<Stopped stop={stop} onRetry={() => location.reload()} />, host);
}
