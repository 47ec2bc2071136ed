// The stream of events. It picks up where it stopped, waits longer after each failure, and rests while nobody looks.

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 20_000;
const REST_AFTER = 5 * 60_000;
const RENEW_AFTER = 3;

/**
 * Follows the conversation from `cursor`.
 * `on` = {message, partial, working, up, down, renew}; `renew` asks for the session again and gives the cursor.
 * Gives a function that goes on from another cursor.
 */
export function follow(cursor, on) {
  let source = null;
  let after = cursor;
  let failures = 0;
  let timer = null;
  let resting = null;

  function hear(name, handler) {
    source.addEventListener(name, (event) => {
      if (event.lastEventId) after = event.lastEventId;
      handler(JSON.parse(event.data));
    });
  }

  function open() {
    close();
    source = new EventSource(`/api/v1/events?after=${encodeURIComponent(after)}`);
    source.addEventListener("open", () => {
      failures = 0;
      on.up();
    });
    source.addEventListener("error", retry);
    hear("message", on.message);
    hear("partial", on.partial);
    hear("working", (data) => on.working(data.working === true));
  }

  function close() {
    clearTimeout(timer);
    timer = null;
    source?.close();
    source = null;
  }

  function retry() {
    close();
    failures += 1;
    if (failures > 1) on.down();
    const wait = Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT);
    timer = setTimeout(renewAndOpen, wait * (0.75 + Math.random() / 2));
  }

  async function renewAndOpen() {
    if (failures >= RENEW_AFTER) {
      try {
        after = await on.renew();
      } catch {
        retry();
        return;
      }
    }
    open();
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(resting);
    if (document.hidden) resting = setTimeout(close, REST_AFTER);
    else if (source === null) open();
  });
  window.addEventListener("online", open);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) open();
  });

  open();

  return (fresh) => {
    after = fresh;
    failures = 0;
    open();
  };
}
