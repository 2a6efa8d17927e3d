/**
 * The server's live stream, and what to say when it stops.
 *
 * Every reconnect brings the runs and their history again, so nothing is asked for twice and nothing is patched up.
 */

const KINDS = ['runs', 'history', 'steps', 'snapshot', 'event', 'run'];
const SILENCE_MILLIS = 20_000;
const LONGEST_WAIT_MILLIS = 5_000;

/**
 * Opens the stream. `take(kind, data)` gets every message, `tell(state)` gets 'live', 'reconnecting' (the server
 * answers, the stream broke) or 'gone' (nobody answers: the process has ended).
 */
export function follow(take, tell) {
  let source;
  let wait = 1000;
  let heard = Date.now();

  function open() {
    source = new EventSource('/api/stream');
    for (const kind of KINDS) {
      source.addEventListener(kind, (message) => {
        heard = Date.now();
        if (kind === 'runs') {
          wait = 1000;
          tell('live');
        }
        take(kind, JSON.parse(message.data));
      });
    }
    source.onerror = again;
  }

  async function again() {
    source.close();
    tell((await answers()) ? 'reconnecting' : 'gone');
    setTimeout(open, wait);
    wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
  }

  async function watch() {
    if (source.readyState !== EventSource.OPEN || Date.now() - heard < SILENCE_MILLIS) return;
    // a paused run is silent too, so ask before giving the stream up
    heard = Date.now();
    if (!(await answers())) again();
  }

  open();
  setInterval(watch, SILENCE_MILLIS / 4);
}

async function answers() {
  try {
    return (await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}

/** Asks a run for something; answers with the first step for which it holds, or throws with the server's words. */
export async function ask(run, what, body) {
  let response;
  try {
    response = await fetch(`/api/runs/${encodeURIComponent(run)}/${what}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
  } catch {
    throw new Error('the server does not answer');
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `the server answered ${response.status}`);
  return answer.step;
}
