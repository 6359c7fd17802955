/** The browser's own clock, sockets and signs of life, as sync wants them. */
import { socketTo } from "./early_socket";
import type { Clock, OpenSocket } from "./ports";

export const browserClock: Clock = {
  now: () => performance.now(),
  later: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Opens WebSockets to `url` (`ws:` or `wss:`); nothing secret belongs in it. */
export function webSocketTo(url: string): OpenSocket {
  return (events) => {
    const socket = socketTo(url);
    socket.onopen = () => events.opened();
    // Its event has passed already; the one who asks has to have the socket first.
    if (socket.readyState === WebSocket.OPEN) queueMicrotask(events.opened);
    socket.onmessage = ({ data }) => {
      // A text message decodes as an empty one, which is no frame.
      events.received(data instanceof ArrayBuffer ? data : new ArrayBuffer(0));
    };
    socket.onclose = ({ code }) => events.closed(code);
    return {
      send: (data) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(data);
      },
      close: (code) => socket.close(code),
      get bufferedAmount() {
        return socket.bufferedAmount;
      },
    };
  };
}

/** Calls `nudge` when the network comes back or goes, or the page is looked at again; returns how to stop. */
export function browserNudges(nudge: () => void): () => void {
  const visible = () => {
    if (document.visibilityState === "visible") nudge();
  };
  addEventListener("online", nudge);
  addEventListener("offline", nudge);
  addEventListener("pageshow", nudge);
  document.addEventListener("visibilitychange", visible);
  return () => {
    removeEventListener("online", nudge);
    removeEventListener("offline", nudge);
    removeEventListener("pageshow", nudge);
    document.removeEventListener("visibilitychange", visible);
  };
}
