import { describe, expect, test } from "vitest";
import type { WaitingPicture } from "../offline/waiting_pictures";
import { ManualClock } from "../sync/testing/manual_clock";
import { ServerRefusal } from "./server";
import { FIRST_RETRY_MS, type UploadNews, Uploads } from "./uploads";

const BOARD = "board-01";

function picture(name: string): WaitingPicture {
  return { board: BOARD, file: name.padEnd(64, "0"), name, bytes: new Blob(["1234"]) };
}

/** A page with uploads, a server that answers when it is told to, and what survives the page. */
class Page {
  readonly clock = new ManualClock();
  readonly kept: Map<string, WaitingPicture>;
  readonly sent: { name: string; answer: (error?: unknown) => void }[] = [];
  readonly stored: string[] = [];
  news: UploadNews | null = null;
  online = true;
  hasRoom = true;
  disk: Promise<void> = Promise.resolve();
  readonly uploads: Uploads;

  constructor(kept = new Map<string, WaitingPicture>()) {
    this.kept = kept;
    this.uploads = new Uploads({
      board: BOARD,
      keeper: {
        add: async (each) => {
          await this.disk;
          if (!this.hasRoom) throw new Error("full");
          kept.set(each.file, each);
        },
        of: async () => [...kept.values()],
        remove: async (_, file) => void kept.delete(file),
      },
      send: ({ name }, told) =>
        new Promise((resolve, reject) => {
          told(2);
          const answer = (error?: unknown) => (error === undefined ? resolve() : reject(error));
          this.sent.push({ name, answer });
        }),
      isOnline: () => this.online,
      stored: (file) => this.stored.push(file),
      tell: (news) => {
        this.news = news;
      },
      clock: this.clock,
    });
  }

  async answer(error?: unknown): Promise<void> {
    this.sent.shift()?.answer(error);
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

describe("a picture goes to the server once, whatever happens on the way", () => {
  test("it is kept until the server has it", async () => {
    const page = new Page();
    await page.uploads.add(picture("a"));
    expect([...page.kept.keys()]).toEqual([picture("a").file]);
    expect(page.news).toMatchObject({ waiting: 1, share: 0.5, isStuck: false, isKept: true });
    await page.uploads.add(picture("a"));
    expect(page.sent).toHaveLength(1);
    await page.answer();
    expect(page.stored).toEqual([picture("a").file]);
    expect(page.kept.size).toBe(0);
    expect(page.news).toMatchObject({ waiting: 0, refused: [] });
  });

  test("one that is stored before it could be kept is not kept for ever", async () => {
    const page = new Page();
    let written = () => {};
    page.disk = new Promise((resolve) => {
      written = resolve;
    });
    const adding = page.uploads.add(picture("a"));
    await page.answer();
    written();
    await adding;
    await settled();
    expect(page.kept.size).toBe(0);
  });

  test("an answer that is lost is asked for again, later each time", async () => {
    const page = new Page();
    await page.uploads.add(picture("a"));
    for (const wait of [FIRST_RETRY_MS, FIRST_RETRY_MS * 2, FIRST_RETRY_MS * 4]) {
      await page.answer(new ServerRefusal(0, "offline"));
      expect(page.news).toMatchObject({ waiting: 1, isStuck: true });
      page.clock.advance(wait - 1);
      expect(page.sent).toHaveLength(0);
      page.clock.advance(1);
      expect(page.sent).toHaveLength(1);
    }
    await page.answer(new ServerRefusal(429, "wait"));
    page.uploads.goOn();
    expect(page.sent).toHaveLength(1);
  });

  test("nothing is sent while there is nobody to send to", async () => {
    const page = new Page();
    page.online = false;
    await page.uploads.add(picture("a"));
    expect(page.sent).toHaveLength(0);
    expect(page.news).toMatchObject({ isStuck: true });
    page.online = true;
    page.uploads.goOn();
    expect(page.sent).toHaveLength(1);
  });

  test("the next page goes on, in its own time", async () => {
    const page = new Page();
    page.online = false;
    await page.uploads.add(picture("a"));
    const next = new Page(page.kept);
    await next.uploads.resume();
    expect(next.uploads.waiting.map(({ name }) => name)).toEqual(["a"]);
    await next.answer();
    expect(next.kept.size).toBe(0);
  });

  test("no more than three at a time, and all in the end", async () => {
    const page = new Page();
    const names = ["a", "b", "c", "d", "e"];
    for (const name of names) await page.uploads.add(picture(name));
    expect(page.sent).toHaveLength(3);
    for (const _ of names) await page.answer();
    expect(page.stored).toHaveLength(5);
  });
});

describe("what the server does not take is told, and is the person's to decide", () => {
  test.each([413, 415, 422, 403, 409])("%d is final until somebody says retry", async (status) => {
    const page = new Page();
    await page.uploads.add(picture("a"));
    await page.answer(new ServerRefusal(status, "no"));
    expect(page.news?.refused).toEqual([{ file: picture("a").file, name: "a", reason: "no" }]);
    page.clock.advance(3_600_000);
    page.uploads.goOn();
    expect(page.sent).toHaveLength(0);
    expect(page.kept.size).toBe(1);
    page.uploads.retry(picture("a").file);
    expect(page.news?.refused).toEqual([]);
    await page.answer();
    expect(page.stored).toHaveLength(1);
  });

  test.each([0, 408, 429, 500, 503, 507])("%d passes by itself", async (status) => {
    const page = new Page();
    await page.uploads.add(picture("a"));
    await page.answer(new ServerRefusal(status, "not now"));
    expect(page.news?.refused).toEqual([]);
    page.clock.advance(FIRST_RETRY_MS);
    expect(page.sent).toHaveLength(1);
  });

  test("without room in the browser it is sent all the same, and said to be only in this tab", async () => {
    const page = new Page();
    page.hasRoom = false;
    await page.uploads.add(picture("a"));
    expect(page.news).toMatchObject({ waiting: 1, isKept: false });
    await page.answer();
    expect(page.stored).toHaveLength(1);
  });
});
