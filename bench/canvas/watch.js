/**
 * Watches a page's frames: the time between them, and how long each pointer event waited for the end of
 * the frame that shows it. Put into every page that the bench measures.
 */
(() => {
  let watched = null;
  let waiting = [];
  const afterFrame = new MessageChannel();
  const ends = [];
  // A message sent within a frame arrives when that frame is laid out and painted.
  afterFrame.port1.onmessage = () => {
    const [session, events] = ends.shift();
    const now = performance.now();
    for (const at of events) session.waits.push(now - at);
  };
  addEventListener(
    "pointermove",
    (event) => {
      if (watched === null) return;
      for (const each of event.getCoalescedEvents()) waiting.push(each.timeStamp);
    },
    true,
  );
  const watch = (session) => (now) => {
    if (watched !== session) return;
    session.frames.push(now);
    ends.push([session, waiting]);
    waiting = [];
    afterFrame.port2.postMessage(0);
    requestAnimationFrame(watch(session));
  };
  window.watchFrames = () => {
    const session = { frames: [], waits: [] };
    watched = session;
    waiting = [];
    requestAnimationFrame(watch(session));
  };
  window.framesSeen = () => {
    const session = watched;
    watched = null;
    return session;
  };
})();
