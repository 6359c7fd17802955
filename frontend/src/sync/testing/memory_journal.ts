import type { Journal, PendingPush } from "../journal";

/** What a disk would hold: survives the page that wrote it. */
export class MemoryJournal implements Journal {
  #pushes: PendingPush[] = [];

  get pushes(): readonly PendingPush[] {
    return this.#pushes;
  }

  append(pushes: readonly PendingPush[]): void {
    for (const { cid, n, gesture, ops } of pushes) this.#pushes.push({ cid, n, gesture, ops });
  }

  confirm(cid: string, n: number): void {
    this.#pushes = this.#pushes.filter((push) => push.cid !== cid || push.n > n);
  }

  replace(old: readonly PendingPush[], now: readonly PendingPush[]): void {
    const gone = new Set(old.map(({ cid, n }) => `${cid} ${n}`));
    const at = this.#pushes.findIndex(({ cid, n }) => gone.has(`${cid} ${n}`));
    this.#pushes = this.#pushes.filter(({ cid, n }) => !gone.has(`${cid} ${n}`));
    const added = now.map(({ cid, n, gesture, ops }) => ({ cid, n, gesture, ops }));
    this.#pushes.splice(at < 0 ? this.#pushes.length : at, 0, ...added);
  }
}
