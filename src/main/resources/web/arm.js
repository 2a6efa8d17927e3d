/** One arm of an experiment: its name and state, what its neurons look like, its knobs. */

import { element, say } from './dom.js';
import { armName } from './experiments.js';
import { collapseOf } from './facts.js';
import { drawHeatmap } from './heatmap.js';
import { Knobs } from './knobs.js';
import { count, plain } from './numbers.js';
import { WARM_UP } from './series.js';
import { verdict } from './story.js';
import { theme } from './theme.js';
import { drawTiles } from './tiles.js';

export class ArmView {
  constructor(arm) {
    this.arm = arm;
    this.run = arm.run;
    this.name = element('h3', {}, element('i', { class: 'swatch', 'aria-hidden': 'true' }), element('span', {}));
    this.progress = element('p', { class: 'progress' });
    this.verdict = element('p', { class: 'verdict' });
    this.picture = element('canvas', { class: 'picture', role: 'img' });
    this.caption = element('figcaption', {});
    this.figure = element('figure', {}, this.picture, this.caption);
    this.knobs = new Knobs(arm);
    this.node = element('article', { class: `arm arm-${arm.style}`, 'data-run': this.run.id },
      element('div', { class: 'arm-head' }, this.name, this.verdict, this.progress), this.figure, this.knobs.node);
    this.drawn = undefined;
  }

  refresh() {
    const { run } = this;
    say(this.name.lastChild, armName(this.arm));
    const rate = run.rate === undefined ? '' : ` · ${plain(run.rate.toPrecision(2))} steps/s`;
    const state = run.lost ? 'last seen' : run.info.state;
    say(this.progress, `${state}${run.info.reason ? `: ${run.info.reason}` : ''} · step ${count(run.step)}${rate}`);
    const judged = verdict(collapseOf(run), run.value(WARM_UP) > 0);
    this.verdict.dataset.state = judged.state;
    say(this.verdict, judged.words);
    this.knobs.refresh();
    this.draw(false);
  }

  /** Draws the newest snapshot, again when the room or the colours have changed. */
  draw(anew) {
    const { run } = this;
    const snapshot = run.snapshots.get('filters') ?? run.snapshots.get('alignment');
    this.figure.hidden = !snapshot;
    this.node.classList.toggle('bare', !snapshot);
    if (!snapshot || (!anew && snapshot === this.drawn)) return;
    const room = this.figure.clientWidth;
    if (room === 0) return;
    this.drawn = snapshot;
    const name = armName(this.arm);
    if (snapshot.kind === 'filters') {
      drawTiles(this.picture, snapshot, run.info.tileSide, room);
      this.picture.setAttribute('aria-label', `${snapshot.rows} filters with ${name} at step ${snapshot.step}`);
      say(this.caption, `what ${snapshot.rows} neurons look for, step ${count(snapshot.step)}`);
      return;
    }
    const colours = theme();
    drawHeatmap(this.picture, snapshot, room, colours.card, colours.arms[this.arm.style]);
    this.picture.setAttribute('aria-label', `alignment of ${snapshot.rows} neurons with ${snapshot.columns} features, ${name}, step ${snapshot.step}`);
    say(this.caption, `${snapshot.rows} neurons × ${snapshot.columns} features, step ${count(snapshot.step)}`);
  }
}
