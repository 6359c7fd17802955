import { appendFileSync } from "node:fs";

/** Whether the tests run at their full sizes (`make soak`). */
export const SOAK = process.env.INKWIRE_SOAK !== undefined;

/** How many cases or rounds: `quick` in `make test`, `full` in `make soak`. */
export function sized(quick: number, full: number): number {
  return SOAK ? full : quick;
}

/** Notes figures for a test of `docs/reliability.md`; units stand in the names, like `longest_ms`. */
export function report(rule: string, test: string, figures: Record<string, number | string>): void {
  const file = process.env.INKWIRE_SOAK_REPORT;
  const row = JSON.stringify({ rule, test, ...figures });
  if (file) appendFileSync(file, `${row}\n`);
}
