/**
 * A board's WebSocket, opened while the scripts that will use it are still on their way.
 *
 * The server says nothing before it is greeted, so nothing can be missed; an unused one it closes itself (H2).
 */
let early: WebSocket | null = null;

/** Begins to open the socket that the first `socketTo` of the same URL will take. */
export function openEarly(url: string): void {
  early = newSocket(url);
}

/** A WebSocket to `url` (`ws:` or `wss:`): the early one if it still stands, otherwise a new one. */
export function socketTo(url: string): WebSocket {
  const known = early;
  early = null;
  const stands = known !== null && known.url === url && known.readyState <= WebSocket.OPEN;
  return stands ? known : newSocket(url);
}

function newSocket(url: string): WebSocket {
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  return socket;
}
