/** The live page: takes the stream, keeps the runs, draws what can be seen a few times a second. */

import { element, say } from './dom.js';
import { ExperimentView } from './experiment.js';
import { experimentsOf } from './experiments.js';
import { count } from './numbers.js';
import { Run } from './runs.js';
import { follow } from './stream.js';

/** At most five drawings a second, and never more than about a tenth of the time. */
const SHORTEST_PAUSE_MILLIS = 200;
const REST_PER_WORK = 9;

const place = document.getElementById('experiments');
const connection = document.getElementById('connection');
const notice = document.getElementById('notice');
const runs = new Map();
let views = [];
let dirty = false;
let link = 'connecting';

const TAKE = {
  runs({ runs: list }) {
    runs.clear();
    for (const info of list) runs.set(info.run, new Run(info));
    arrange();
  },
  history(frame) {
    const run = runs.get(frame.run);
    run?.forget();
    run?.append(frame);
  },
  steps(frame) {
    runs.get(frame.run)?.append(frame);
  },
  snapshot(snapshot) {
    runs.get(snapshot.run)?.snapshots.set(snapshot.kind, snapshot);
  },
  event(event) {
    runs.get(event.run)?.happened(event);
  },
  run(info) {
    const known = runs.get(info.run);
    if (known) {
      known.describe(info);
      return;
    }
    runs.set(info.run, new Run(info));
    arrange();
  },
};

/** Builds the experiments anew; only when a run has come or gone. */
function arrange() {
  views.forEach((view) => view.close());
  views = experimentsOf([...runs.values()]).map((experiment) => new ExperimentView(experiment));
  place.dataset.count = views.length;
  place.replaceChildren(...(views.length ? views.map((view) => view.node) : [element('p', { class: 'waiting' }, 'No run yet. Start one with ./sluice run.')]));
}

const LINK_WORDS = {
  connecting: 'Connecting',
  reconnecting: 'Reconnecting',
  gone: 'Process ended',
};

function tell(state) {
  if (link === state) return;
  link = state;
  connection.dataset.state = state;
  notice.hidden = state === 'live';
  if (state === 'gone') runs.forEach((run) => run.lose());
  dirty = true;
  if (state === 'gone') {
    say(notice, `The run’s process has ended or cannot be reached (since ${new Date().toLocaleTimeString()}). This is its last state; when it starts again, this page goes on by itself.`);
  }
  if (state === 'reconnecting') say(notice, 'The stream was interrupted. Reconnecting; the missing steps come with it.');
  connect();
}

function connect() {
  if (link !== 'live') {
    say(connection, LINK_WORDS[link]);
    return;
  }
  const all = [...runs.values()];
  const going = all.filter((run) => run.info.state === 'running').length;
  const rate = all.reduce((sum, run) => sum + (run.rate ?? 0), 0);
  say(connection, `Live · ${going} of ${all.length} ${all.length === 1 ? 'run' : 'runs'} going${rate ? ` · ${count(rate)} steps/s` : ''}`);
}

function pulse() {
  const began = performance.now();
  if (dirty && !document.hidden) {
    dirty = false;
    views.forEach((view) => view.draw());
    connect();
  }
  const spent = performance.now() - began;
  setTimeout(pulse, Math.max(SHORTEST_PAUSE_MILLIS, REST_PER_WORK * spent));
}

follow((kind, data) => {
  TAKE[kind](data);
  dirty = true;
}, tell);
document.addEventListener('visibilitychange', () => { dirty = true; });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { dirty = true; });
pulse();
