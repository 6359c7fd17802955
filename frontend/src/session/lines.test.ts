import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf } from "./lines";

async function collected(chunks: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = [];
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  for await (const line of linesOf(stream)) lines.push(line);
  return lines;
}

test("lines come whole however the network cuts them, letters of several bytes included", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 7 }),
      async (texts, size) => {
        const wanted = texts
          .map((text) => text.replace(/[\r\n]/g, ""))
          .filter((line) => line.trim());
        const bytes = new TextEncoder().encode(wanted.join("\n"));
        const chunks: Uint8Array[] = [];
        for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.slice(i, i + size));
        expect(await collected(chunks)).toEqual(wanted);
      },
    ),
  );
});

test("the last line needs no end", async () => {
  expect(await collected([new TextEncoder().encode('{"done":1}\n\n{"result":2}')])).toEqual([
    '{"done":1}',
    '{"result":2}',
  ]);
});
