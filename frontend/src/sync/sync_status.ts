import { computed, signal } from "@preact/signals-core";
import type { Role } from "../generated/protocol";
import { isTerminal, type Phase } from "./connection_state";
import { type Problem, problemOf } from "./problem";

export type ConnectionWord = "connecting" | "live" | "offline";

/** What the server says about itself, for the banner. */
export interface ServerNotice {
  readonly code: string;
  readonly message: string;
}

/** Things that should not happen, counted; for tests and reports. */
export interface SyncCounters {
  sockets: number;
  snapshots: number;
  gaps: number;
  unreadableFrames: number;
  unreadableRecords: number;
}

/** What the page may want to show about the connection, each as a signal. */
export class SyncStatus {
  readonly state = signal<ConnectionWord>("offline");
  readonly retryAt = signal<number | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly role = signal<Role | null>(null);
  /** Until the server names the role, it may be one that can. */
  readonly mayPush = computed(
    () => this.role.value !== "viewer" && this.role.value !== "commenter",
  );
  readonly worker = signal("");
  readonly peer = signal("");
  readonly greetedAt = signal<number | null>(null);
  readonly title = signal("");
  readonly pending = signal(0);
  readonly notice = signal<ServerNotice | null>(null);
  readonly counters: SyncCounters = {
    sockets: 0,
    snapshots: 0,
    gaps: 0,
    unreadableFrames: 0,
    unreadableRecords: 0,
  };

  show(phase: Phase): void {
    const offline = phase.name === "offline" ? phase : null;
    this.retryAt.value = offline?.retryAt ?? null;
    this.problem.value =
      offline !== null && offline.retryAt === null && isTerminal(offline.code)
        ? problemOf(offline.code)
        : null;
    if (phase.name === "live") this.state.value = "live";
    else this.state.value = offline || phase.name === "stopped" ? "offline" : "connecting";
  }
}
