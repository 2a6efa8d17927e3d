/** One experiment on the page: its story, its arms, its charts, its collapse table and events. */

import { ArmView } from './arm.js';
import { card, question } from './card.js';
import { Plot } from './charts.js';
import { CollapseTable } from './collapse.js';
import { element, freshId, say } from './dom.js';
import { EventList } from './events.js';
import { armName } from './experiments.js';
import { EXPLAIN, NO_TRUTH, explainOf } from './explain.js';
import { factsOf } from './facts.js';
import { panelsOf } from './panels.js';
import { offThemeChange, onThemeChange } from './theme.js';
import { story } from './story.js';

const LATEST_STEPS = 1000;

export class ExperimentView {
  constructor(experiment) {
    this.experiment = experiment;
    this.latestOnly = false;
    this.pointed = undefined;
    this.arms = experiment.arms.map((arm) => new ArmView(arm));
    this.plots = [];
    this.collapse = new CollapseTable(experiment);
    this.events = new EventList(experiment);
    this.headline = element('p', { class: 'headline' });
    this.remark = element('p', { class: 'remark' });
    this.watch = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: '80px' });
    this.node = this.#build();
    this.sizes = new ResizeObserver(() => this.arms.forEach((arm) => arm.draw(true)));
    this.sizes.observe(this.node);
    this.recolour = () => this.arms.forEach((arm) => arm.draw(true));
    onThemeChange(this.recolour);
  }

  #build() {
    const { experiment } = this;
    const { info } = experiment;
    const id = freshId('experiment');
    const { button, answer } = this.#picture();
    const masked = experiment.truth || experiment.images;
    const cardOf = (title, explained, ...contents) => card(title, explained, explainOf(explained, masked), ...contents);
    const cards = panelsOf(experiment).map((panel) => cardOf(panel.title, panel.id, ...panel.plots.map((plot) => this.#plot(plot))));
    cards.push(cardOf('Collapse detectors', 'collapse', this.collapse.node), cardOf('Events', 'events', this.events.node));
    return element('section', { class: `experiment arms-${this.arms.length}`, 'aria-labelledby': id, 'data-experiment': experiment.id },
      element('header', { class: 'experiment-head' },
        element('div', { class: 'title' },
          element('h2', { id }, experiment.title),
          element('p', { class: 'what' }, `${info.recipe} / ${info.preset} · seed ${info.seed} · ${info.source}`),
          this.#range(), button),
        this.headline, this.remark, answer),
      element('div', { class: 'arms' }, ...this.arms.map((arm) => arm.node)),
      this.#legend(),
      element('div', { class: 'cards' }, ...cards),
      experiment.images && !experiment.truth ? element('p', { class: 'absent' }, NO_TRUTH) : undefined);
  }

  /** The question mark of the pictures, where there are any. */
  #picture() {
    if (this.experiment.images) return question('the picture', EXPLAIN.pictures);
    return this.experiment.truth ? question('the picture', EXPLAIN.heatmap) : {};
  }

  #plot(spec) {
    const plot = new Plot(spec, this.experiment, () => this.#span());
    plot.onpoint = (step) => {
      this.pointed = step;
      this.plots.forEach((other) => other.visible && other.read(step));
    };
    plot.node.plot = plot;
    this.plots.push(plot);
    this.watch.observe(plot.node);
    return plot.node;
  }

  #range() {
    const button = element('button', { type: 'button', class: 'range', 'aria-pressed': 'false', title: 'Draw the whole run, or only its newest steps' }, `last ${LATEST_STEPS} steps`);
    button.addEventListener('click', () => {
      this.latestOnly = !this.latestOnly;
      button.setAttribute('aria-pressed', String(this.latestOnly));
      this.draw();
    });
    return button;
  }

  #legend() {
    const bands = this.experiment.arms.some((arm) => arm.run.info.bands?.length);
    this.names = this.experiment.arms.map((arm) => element('span', { class: `key arm-${arm.style}` }, element('i', { class: 'swatch', 'aria-hidden': 'true' }), element('b', {})));
    return element('p', { class: 'legend' }, ...this.names,
      bands ? element('span', { class: 'key' }, element('i', { class: 'swatch band', 'aria-hidden': 'true' }), 'reference, mean ± sd over seeds') : undefined);
  }

  /** From which step to which the plots reach: to the horizon until it is passed, then growing by whole notches. */
  #span() {
    const step = Math.max(1, ...this.experiment.arms.map((arm) => arm.run.step));
    if (this.latestOnly) return { from: Math.max(0, step - LATEST_STEPS), to: Math.max(LATEST_STEPS, step) };
    const { horizon } = this.experiment.info;
    if (step <= horizon) return { from: 0, to: horizon };
    const notch = 10 ** Math.floor(Math.log10(step)) / 2;
    return { from: 0, to: Math.ceil(step / notch) * notch };
  }

  #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      const { plot } = target;
      plot.visible = isIntersecting;
      if (!isIntersecting) continue;
      if (plot.stale) plot.chart?.resize();
      plot.stale = false;
      plot.draw();
      plot.read(this.pointed);
    }
  }

  /** Brings everything that can be seen up to date. */
  draw() {
    const names = this.experiment.arms.map(armName);
    const { headline, remark } = story(this.experiment.arms.map(factsOf));
    say(this.headline, headline);
    say(this.remark, remark);
    names.forEach((name, i) => say(this.names[i].lastChild, name));
    this.arms.forEach((arm) => arm.refresh());
    this.collapse.refresh(names);
    this.events.refresh();
    for (const plot of this.plots) {
      if (!plot.visible) continue;
      plot.draw();
      plot.read(this.pointed);
    }
  }

  close() {
    this.watch.disconnect();
    this.sizes.disconnect();
    offThemeChange(this.recolour);
    this.plots.forEach((plot) => plot.close());
    this.node.remove();
  }
}
