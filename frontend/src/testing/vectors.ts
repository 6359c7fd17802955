import { readFileSync } from "node:fs";

/** A file of `tests/vectors`, its `{"$bytes": hex}` put back; both languages replay them. */
export function vectors<T>(name: string): T {
  const url = new URL(`../../../tests/vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8"), (_key, value: unknown) => {
    const bytes = (value as { $bytes?: unknown } | null)?.$bytes;
    return typeof bytes === "string" ? fromHex(bytes) : value;
  }) as T;
}

export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, "hex"));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
