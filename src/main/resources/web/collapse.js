/** The table of collapse kinds: a state in colour and in a word, and how near each measure is to its limit. */

import { element, say } from './dom.js';
import { COLLAPSE_MEANING } from './explain.js';
import { collapseOf } from './facts.js';
import { KINDS, collapseScore } from './series.js';
import { spoken } from './story.js';

const WORDS = { ok: 'ok', warning: 'warning', critical: 'collapsed', none: 'not watched' };

export class CollapseTable {
  constructor(experiment) {
    this.experiment = experiment;
    this.cells = [];
    const head = element('tr', {}, element('th', { scope: 'col' }, 'kind'),
      ...experiment.arms.map((arm) => element('th', { scope: 'col', class: `arm-${arm.style}` }, element('i', { class: 'swatch', 'aria-hidden': 'true' }), element('span', {}))));
    this.names = [...head.querySelectorAll('span')];
    const rows = KINDS.map((kind) => element('tr', {},
      element('th', { scope: 'row', title: COLLAPSE_MEANING[kind] }, spoken(kind), element('small', {}, COLLAPSE_MEANING[kind])),
      ...experiment.arms.map((arm) => this.#cell(kind, arm))));
    this.node = element('table', { class: 'collapse' }, element('thead', {}, head), element('tbody', {}, ...rows));
  }

  #cell(kind, arm) {
    const word = element('span', { class: 'state' });
    const bar = element('meter', { min: 0, max: 1, 'aria-label': `${spoken(kind)}: nearness to the limit` });
    const cell = element('td', {}, word, bar);
    this.cells.push({ kind, arm, cell, word, bar });
    return cell;
  }

  refresh(names) {
    names.forEach((name, i) => say(this.names[i], name));
    const states = new Map(this.experiment.arms.map((arm) => [arm, collapseOf(arm.run)]));
    for (const { kind, arm, cell, word, bar } of this.cells) {
      const state = states.get(arm)[kind] ?? 'none';
      cell.dataset.state = state;
      say(word, WORDS[state]);
      const score = arm.run.value(collapseScore(kind));
      bar.hidden = score === undefined || state === 'none';
      if (!bar.hidden) bar.value = Math.min(1, Math.max(0, score));
    }
  }
}
