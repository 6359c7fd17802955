import { effect } from "@preact/signals-core";
import { WaitingPictures } from "../offline/waiting_pictures";
import { browserClock } from "../sync/browser";
import type { OpenBoard } from "./board_parts";
import { sendPicture } from "./send_picture";
import { tellOfUploads } from "./tell_of_uploads";
import { Uploads } from "./uploads";

const known = new WeakMap<OpenBoard["pictures"], Uploads>();

/** What brings this page's pictures to the server; goes on at once with what an earlier page left. */
export function uploadsOf({ address, pictures, sync }: OpenBoard): Uploads {
  const found = known.get(pictures);
  if (found !== undefined) return found;
  const uploads: Uploads = new Uploads({
    board: address.id,
    keeper: new WaitingPictures(),
    send: (picture, told) => sendPicture(address.token, picture, told),
    isOnline: () => sync.state.peek() === "live",
    stored: (file) => pictures.stored(file),
    tell: (news) => tellOfUploads(news, uploads),
    clock: browserClock,
  });
  known.set(pictures, uploads);
  effect(() => {
    if (sync.state.value === "live") uploads.goOn();
    else uploads.wait();
  });
  void uploads.resume().then(() => {
    for (const { file, bytes } of uploads.waiting) pictures.offer(file, bytes);
  });
  return uploads;
}
