import { describe, expect, test } from "vitest";
import { ManualClock } from "../sync/testing/manual_clock";
import { bestOf, isGoodEnough, levelFor, sizeAt } from "./picture_levels";
import { FIRST_RETRY_MS, MOST_BYTES, Pictures } from "./pictures";

interface Copy {
  readonly width: number;
  readonly height: number;
  readonly from: "bytes" | "copy";
  open: boolean;
  close(): void;
}

const PHOTO = { width: 4000, height: 3000 };

/** Pictures as a page has them; the server's are in `server`. */
class Page {
  readonly clock = new ManualClock();
  readonly server = new Map<string, Blob>();
  readonly asked: string[] = [];
  readonly arrived: string[] = [];
  readonly made: Copy[] = [];
  readonly pictures: Pictures<Copy>;

  constructor() {
    this.pictures = new Pictures<Copy>({
      fetch: async (file) => {
        this.asked.push(file);
        return this.server.get(file) ?? null;
      },
      unpack: async (from, size) => {
        const copy: Copy = {
          ...(size ?? PHOTO),
          from: from instanceof Blob ? "bytes" : "copy",
          open: true,
          close() {
            this.open = false;
          },
        };
        this.made.push(copy);
        return copy;
      },
      arrived: (files) => this.arrived.push(...files),
      clock: this.clock,
    });
  }

  get(file: string, pixels: number) {
    return this.pictures.get(file, pixels, PHOTO);
  }
}

describe("a picture is unpacked as large as it is shown", () => {
  test("a small one as a small copy, a larger one from the bytes, a smaller one from the larger", async () => {
    const page = new Page();
    page.server.set("a", new Blob());
    expect(page.get("a", 100)).toBeUndefined();
    await page.pictures.settled();
    expect(page.arrived).toEqual(["a"]);
    expect(page.get("a", 100)).toMatchObject({ width: 128, height: 96 });
    expect(page.get("a", 900)).toMatchObject({ width: 128 }); // better than nothing
    await page.pictures.settled();
    expect(page.get("a", 900)).toMatchObject({ width: 1024, from: "bytes" });
    expect(page.get("a", 9_000)).toMatchObject({ width: 1024 });
    await page.pictures.settled();
    expect(page.get("a", 9_000)).toMatchObject(PHOTO);
    expect(page.get("a", 100)).toMatchObject({ width: 128 });
    expect(page.asked).toHaveLength(3);
    expect(page.get("a", 200)).toMatchObject({ width: 1024 });
    await page.pictures.settled();
    expect(page.asked).toHaveLength(3);
  });

  test("a small copy of a large one at hand costs the server nothing", async () => {
    const page = new Page();
    page.server.set("a", new Blob());
    for (const pixels of [4_000, 100]) {
      page.get("a", pixels);
      await page.pictures.settled();
    }
    expect(page.get("a", 100)).toMatchObject({ width: 128, from: "copy" });
    expect(page.asked).toHaveLength(1);
  });

  test("levels are few, and none is larger than the picture", () => {
    expect([1, 64, 65, 600, 5_000].map((pixels) => levelFor(pixels, 1_000))).toEqual([
      64, 64, 128, 1_000, 1_000,
    ]);
    expect(levelFor(1e9, 1e9)).toBe(4096);
    expect(sizeAt(100, { width: 1, height: 1e9 })).toEqual({ width: 1, height: 100 });
    expect(bestOf([64, 512, 256], 200)).toBe(256);
    expect(bestOf([64, 128], 200)).toBe(128);
    expect(isGoodEnough(4096, 128)).toBe(false);
  });

  test("the longest unused make room, and are closed", async () => {
    const page = new Page();
    const bytes = PHOTO.width * PHOTO.height * 4;
    const most = Math.floor(MOST_BYTES / bytes);
    for (let i = 0; i <= most; i++) {
      page.server.set(`p${i}`, new Blob());
      page.get(`p${i}`, 4_000);
      await page.pictures.settled();
    }
    expect(page.made.map(({ open }) => open)).toEqual([false, ...Array(most).fill(true)]);
    expect(page.get("p0", 4_000)).toBeUndefined();
    expect(page.get(`p${most}`, 4_000)).toBeDefined();
  });
});

describe("a picture that is not there yet", () => {
  test("is asked for later each time, and only while it is painted", async () => {
    const page = new Page();
    page.get("a", 100);
    await page.pictures.settled();
    for (let i = 0; i < 100; i++) page.get("a", 100);
    expect(page.asked).toHaveLength(1);
    page.clock.advance(FIRST_RETRY_MS);
    expect(page.arrived).toEqual(["a"]); // paint it: that asks
    expect(page.asked).toHaveLength(1);
    page.get("a", 100);
    await page.pictures.settled();
    expect(page.asked).toHaveLength(2);
    page.clock.advance(FIRST_RETRY_MS);
    page.get("a", 100);
    expect(page.asked).toHaveLength(2);
    page.server.set("a", new Blob());
    page.clock.advance(FIRST_RETRY_MS);
    page.get("a", 100);
    await page.pictures.settled();
    expect(page.get("a", 100)).toBeDefined();
  });

  test("is shown at once to who brings it, and asked for at once when the network is back", async () => {
    const page = new Page();
    page.get("a", 100);
    page.get("b", 100);
    await page.pictures.settled();
    page.pictures.offer("a", new Blob());
    expect(page.arrived.sort()).toEqual(["a", "b"]);
    page.get("a", 100);
    page.get("b", 100);
    await page.pictures.settled();
    expect(page.get("a", 100)).toBeDefined();
    expect(page.asked).toEqual(["a", "b", "b"]);
    page.arrived.length = 0;
    page.pictures.again();
    expect(page.arrived).toEqual(["b"]);
  });
});
