import type { Element } from "../generated/protocol";
import type { Camera } from "../render/camera";

/** What a page tells tests and embedders about its board; read only. Documented in docs/testing.md. */
export interface InkwirePage {
  /** Of what this page shows; the server's at the same position when nothing is pending. */
  digest(): Promise<{ epoch: string; seq: number; sha256: string }>;
  state(): PageState;
  /** Resolves when the picture is sharp and complete. */
  settled(): Promise<void>;
  element(id: string): Element | undefined;
  elements(): Element[];
  readonly camera: Pick<Camera, "x" | "y" | "zoom">;
}

export interface PageState {
  readonly connection: "connecting" | "live" | "offline";
  /** Changes that the server has not confirmed. */
  readonly pending: number;
  readonly seq: number;
  readonly epoch: string;
  readonly worker: string;
  readonly peer: string;
  readonly elements: number;
  readonly title: string;
  /** All that is on the screen is drawn at the exact zoom. */
  readonly sharp: boolean;
}

declare global {
  interface Window {
    inkwire?: InkwirePage;
  }
}
