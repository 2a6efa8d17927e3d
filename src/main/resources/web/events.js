/** Everything that happened to the runs of an experiment, newest first. */

import { element } from './dom.js';
import { armName } from './experiments.js';
import { eventWords } from './marks.js';
import { count } from './numbers.js';

const SHOWN = 60;

export class EventList {
  constructor(experiment) {
    this.experiment = experiment;
    this.node = element('ol', { class: 'events', tabindex: '0', 'aria-label': 'events, newest first' });
    this.seen = '';
  }

  refresh() {
    const rows = this.experiment.arms
      .flatMap((arm) => arm.run.events.map((event) => ({ arm, event })))
      .sort((a, b) => b.event.time - a.event.time || b.event.step - a.event.step)
      .slice(0, SHOWN);
    const seen = rows.length ? `${rows.length} ${rows[0].arm.run.id} ${rows[0].event.time} ${rows[0].event.label}` : '';
    if (seen === this.seen) return;
    this.seen = seen;
    this.node.replaceChildren(...rows.map(({ arm, event }) => element('li', { class: `arm-${arm.style}`, 'data-label': event.label },
      element('i', { class: 'swatch', title: armName(arm) }),
      element('span', { class: 'when' }, `step ${count(event.step)}`),
      element('time', { datetime: new Date(event.time).toISOString() }, new Date(event.time).toLocaleTimeString()),
      element('span', { class: 'what' }, eventWords(event)))));
  }
}
