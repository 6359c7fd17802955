import { t } from "../i18n/translate";
import type { WaitingPicture } from "../offline/waiting_pictures";
import { refusalOf, ServerRefusal } from "./server";

/** Sends a picture's bytes to the board; `told` hears how many are on their way. Throws `ServerRefusal`. */
export function sendPicture(
  token: string,
  { board, bytes }: WaitingPicture,
  told: (bytes: number) => void,
): Promise<void> {
  // `fetch` does not tell how much has been sent.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/boards/${board}/images`);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded }) => told(loaded);
    request.onload = () => {
      if (request.status === 201) resolve();
      else reject(refusalOf(request.status, request.responseText));
    };
    const failed = () => reject(new ServerRefusal(0, t("error.offline")));
    request.onerror = failed;
    request.onabort = failed;
    request.send(bytes);
  });
}
