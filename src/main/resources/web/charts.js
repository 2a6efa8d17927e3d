/**
 * One plot: the arms of an experiment drawn over each other against the step.
 *
 * Behind each curve: the reference band, then the smallest and largest of each decimated bucket. The number beside
 * the title is the legend: it follows the pointer, which marks the same step on every plot of the experiment.
 */

import { faded } from './colours.js';
import { element, say } from './dom.js';
import { armName } from './experiments.js';
import { count } from './numbers.js';
import { marksOf } from './marks.js';
import { theme } from './theme.js';

const MARGIN = { left: 42, right: 10, top: 16, bottom: 20 };
const DASHES = ['solid', [6, 4], [2, 3], [9, 3, 2, 3]];
/** More dots than this are a second line, not dots. */
const MOST_DOTS = 90;
/** Pixels a word on a mark needs. */
const WORD_WIDTH = 64;
/** What you did is named before what was found, and that before what was due. */
const WEIGHT = { knob: 2, critical: 1, quiet: 0 };

export class Plot {
  /** @param spec of panels.js; @param experiment with arms; @param span answers {from, to}, the steps to draw */
  constructor(spec, experiment, span) {
    this.spec = spec;
    this.experiment = experiment;
    this.span = span;
    this.visible = false;
    this.readouts = experiment.arms.map((arm) =>
      element('span', { class: `readout arm-${arm.style}` }, element('i', { class: 'swatch', 'aria-hidden': 'true' }), element('b', {}, '–')));
    this.others = element('p', { class: 'others', hidden: true });
    this.canvas = element('div', { class: 'canvas', role: 'img' });
    this.hair = element('div', { class: 'hair', 'aria-hidden': 'true', hidden: true });
    this.note = element('p', { class: 'note', hidden: true });
    this.node = element('div', { class: 'plot', 'data-plot': spec.title },
      element('div', { class: 'plot-head' }, element('h4', {}, spec.title), element('div', { class: 'readouts' }, ...this.readouts)),
      this.others,
      element('div', { class: 'stage' }, this.canvas, this.hair),
      this.note);
    this.canvas.addEventListener('pointermove', (event) => this.#point(event));
    this.canvas.addEventListener('pointerleave', () => this.onpoint?.(undefined));
  }

  /** Draws what there is now. */
  draw() {
    const width = this.canvas.clientWidth;
    if (width === 0) return;
    this.chart ??= this.#open();
    const { from, to } = this.span();
    const colours = theme();
    const columns = Math.max(60, Math.floor((width - MARGIN.left - MARGIN.right) / 1.5));
    const series = [];
    for (const arm of this.experiment.arms) this.#drawArm(arm, from, to, columns, colours, series);
    for (const arm of this.experiment.arms) this.#drawMore(arm, from, to, columns, colours, series);
    this.#drawFloor(from, to, colours, series);
    series.push(carrier(moments(marksOf(this.experiment), from, to, colours, this.canvas.clientWidth)));
    if (this.spec.axis.ticks) series.push(carrier(ticks(this.spec.axis.ticks, colours)));
    this.chart.setOption(
      { xAxis: this.#xAxis(from, to, colours), yAxis: this.#yAxis(colours), series },
      { replaceMerge: ['series'], silent: true });
    this.#describe();
  }

  #open() {
    const chart = echarts.init(this.canvas, null, { renderer: 'canvas' });
    chart.setOption({ animation: false, grid: MARGIN, tooltip: { show: false } });
    this.resizes = new ResizeObserver(() => {
      if (this.visible) chart.resize();
      else this.stale = true;
    });
    this.resizes.observe(this.canvas);
    return chart;
  }

  #drawArm(arm, from, to, columns, colours, series) {
    const { spec } = this;
    const colour = colours.arms[arm.style];
    this.#drawReference(arm, from, to, colour, series);
    const curve = this.curve(arm);
    const view = curve?.view(from, to, columns);
    const faint = spec.faint && arm.run.curves.get(spec.faint)?.view(from, to, columns);
    const spread = faint || view;
    if (spread && spread.width > 1) series.push(area(spreadPoints(spread), faded(colour, faint ? 0.2 : 0.24), 2));
    if (faint && faint.width === 1) series.push(line(points(faint), { color: faded(colour, 0.35), width: 1 }, 2));
    const main = line(view ? points(view) : [], { color: colour, width: 2, type: DASHES[arm.style] }, 4);
    // a lone point between two gaps would not be seen as a line
    main.showSymbol = (view?.length ?? 0) < 3;
    series.push(main);
    this.#drawDots(arm, from, to, colour, series);
    if (view) this.#drawBroken(view, colours, series);
  }

  /** Where a reference run went: its recorded steps as dashes, the band of its seeds between them. */
  #drawReference(arm, from, to, colour, series) {
    const reference = arm.run.info.bands?.find((band) => band.key === this.spec.band);
    if (!reference) return;
    for (const rows of stretches(reference, from, to, Number(arm.run.info.settings?.stage_one))) {
      series.push(area(rows, faded(colour, 0.15), 1));
      series.push({ type: 'scatter', symbol: 'rect', symbolSize: [7, 2], z: 1, silent: true, itemStyle: { color: faded(colour, 0.45) },
        data: rows.map(([step, low, high]) => [step, (low + high) / 2]) });
    }
  }

  #drawDots(arm, from, to, colour, series) {
    const curve = this.spec.dots && this.curve(arm) !== arm.run.curves.get(this.spec.dots) && arm.run.curves.get(this.spec.dots);
    if (!curve) return;
    const view = curve.view(from, to, 2000);
    if (view.length > MOST_DOTS) return;
    series.push({ type: 'scatter', data: points(view), symbolSize: 5, z: 5, silent: true, itemStyle: { color: colour, borderColor: theme().card, borderWidth: 1 } });
  }

  /** Steps whose value was not finite: a cross at the foot of the plot, the curve has a gap there. */
  #drawBroken(view, colours, series) {
    const steps = view.steps.filter((_, i) => view.broken[i] > 0);
    if (!steps.length) return;
    const foot = this.spec.axis.min ?? 0;
    series.push({ type: 'scatter', symbol: 'path://M0,0L8,8M8,0L0,8', symbolSize: 6, z: 6, silent: true, data: steps.map((step) => [step, foot]),
      itemStyle: { color: 'transparent', borderColor: colours.critical, borderWidth: 1.5 } });
  }

  /** The other lines of an arm, thinner and the fainter the further down the list; their names stand under the title. */
  #drawMore(arm, from, to, columns, colours, series) {
    for (const { key, theory, weight } of this.#moreOf(arm)) {
      const color = theory ? colours.muted : faded(colours.arms[arm.style], weight);
      const lineStyle = { color, width: 1.4, type: theory ? [2, 3] : DASHES[arm.style] };
      const drawn = line(points(arm.run.curves.get(key).view(from, to, columns)), lineStyle, theory ? 5 : 3);
      series.push(drawn);
    }
  }

  #moreOf(arm) {
    const there = (this.spec.more ?? []).filter(({ key }) => arm.run.curves.has(key));
    return there.map((one, i) => ({ ...one, weight: 0.75 - (0.45 * i) / there.length }));
  }

  #drawFloor(from, to, colours, series) {
    const { floor } = this.spec;
    const value = floor && this.experiment.arms.map((arm) => arm.run.value(floor.key)).find((v) => v !== undefined);
    if (value === undefined || value === false) return;
    const drawn = line([[from, value], [to, value]], { color: colours.muted, width: 1, type: [2, 3] }, 3);
    drawn.endLabel = { show: true, formatter: floor.label, color: colours.muted, fontSize: 11, align: 'right', verticalAlign: 'bottom', offset: [-6, -3] };
    series.push(drawn);
  }

  #xAxis(from, to, colours) {
    return { type: 'value', min: from, max: to, splitNumber: 4,
      axisLine: { show: true, lineStyle: { color: colours.rule } }, axisTick: { show: false }, splitLine: { show: false },
      axisLabel: { color: colours.muted, fontSize: 11, hideOverlap: true, showMaxLabel: false, formatter: (step) => count(step) } };
  }

  #yAxis(colours) {
    const { axis } = this.spec;
    return { type: 'value', min: axis.min ?? (axis.zero ? ((extent) => (extent.min < 0 ? null : 0)) : undefined), max: axis.max, scale: !axis.zero, splitNumber: 3, interval: interval(axis),
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: !axis.ticks, lineStyle: { color: colours.rule, width: 1 } },
      axisLabel: { show: !axis.ticks, color: colours.muted, fontSize: 11, formatter: (value) => label(axis, value) } };
  }

  curve(arm) {
    for (const key of this.spec.line) {
      const curve = arm.run.curves.get(key);
      if (curve) return curve;
    }
    return undefined;
  }

  /** The numbers beside the title: at a step, or now. */
  read(step) {
    this.experiment.arms.forEach((arm, i) => {
      const curve = this.curve(arm);
      const value = step === undefined ? curve?.latest?.value : curve?.at(step);
      say(this.readouts[i].lastChild, this.spec.axis.show(value));
    });
    this.#nameOthers(step);
    this.#hairline(step);
    this.#warn();
  }

  /** The names and numbers of the other lines, each behind a piece of it. */
  #nameOthers(step) {
    const rows = this.experiment.arms.flatMap((arm) => this.#moreOf(arm).map((one) => ({ arm, ...one })));
    this.others.hidden = rows.length === 0;
    if (this.others.childElementCount !== rows.length) {
      this.others.replaceChildren(...rows.map(({ arm, theory, weight }) => element('span', { class: `readout ${theory ? 'theory' : `arm-${arm.style}`}` },
        element('i', { class: 'swatch', 'aria-hidden': 'true', style: theory ? undefined : `opacity: ${weight}` }), element('span', {}))));
    }
    rows.forEach(({ arm, key, label: words }, i) => {
      const curve = arm.run.curves.get(key);
      say(this.others.children[i].lastChild, `${words} ${this.spec.axis.show(step === undefined ? curve.latest?.value : curve.at(step))}`);
    });
  }

  #hairline(step) {
    const { from, to } = this.span();
    this.hair.hidden = step === undefined || step < from || step > to;
    if (this.hair.hidden) return;
    const width = this.canvas.clientWidth - MARGIN.left - MARGIN.right;
    this.hair.style.transform = `translateX(${MARGIN.left + ((step - from) / (to - from)) * width}px)`;
  }

  #point(event) {
    const box = this.canvas.getBoundingClientRect();
    const { from, to } = this.span();
    const share = (event.clientX - box.left - MARGIN.left) / (box.width - MARGIN.left - MARGIN.right);
    this.onpoint?.(share < 0 || share > 1 ? undefined : Math.round(from + share * (to - from)));
  }

  #warn() {
    const words = this.experiment.arms
      .map((arm) => ({ arm, curve: this.curve(arm) }))
      .filter(({ curve }) => curve?.broken)
      .map(({ arm, curve }) => `${armName(arm)}: not finite at ${count(curve.broken)} ${curve.broken === 1 ? 'point' : 'points'}, first at step ${count(curve.firstBroken)}`);
    this.note.hidden = words.length === 0;
    say(this.note, words.length ? `${words.join('; ')}. Shown as gaps (×).` : '');
  }

  #describe() {
    const words = this.experiment.arms.map((arm) => `${armName(arm)} ${this.spec.axis.show(this.curve(arm)?.latest?.value)}`);
    const text = `${this.spec.title}: ${words.join(', ')}`;
    if (this.canvas.getAttribute('aria-label') !== text) this.canvas.setAttribute('aria-label', text);
  }

  close() {
    this.resizes?.disconnect();
    this.chart?.dispose();
  }
}

function line(data, lineStyle, z) {
  return { type: 'line', data, z, silent: true, showSymbol: false, symbol: 'circle', symbolSize: 4, connectNulls: false, lineStyle, itemStyle: { color: lineStyle.color }, clip: true };
}

/** An area between two curves, as one polygon: rows are [step, low, high]. */
function area(rows, fill, z) {
  return {
    type: 'custom', silent: true, z, clip: true, data: rows, encode: { x: 0, y: [1, 2] }, progressive: 0,
    renderItem(params, api) {
      if (params.dataIndex > 0) return undefined;
      const upper = rows.map(([step, , high]) => api.coord([step, high]));
      const lower = rows.map(([step, low]) => api.coord([step, low])).reverse();
      return { type: 'polygon', shape: { points: upper.concat(lower) }, style: { fill }, silent: true };
    },
  };
}

/** A bucket with a single value that was not finite is a gap: no line is drawn over it. */
function points(view) {
  return view.steps.map((step, i) => [step, view.broken[i] === 0 ? view.last[i] : null]);
}

function spreadPoints(view) {
  const rows = [];
  for (let i = 0; i < view.length; i++) {
    if (Number.isFinite(view.min[i]) && Number.isFinite(view.max[i])) rows.push([view.steps[i], view.min[i], view.max[i]]);
  }
  return rows;
}

/** The reference as rows of an area, cut where the schedule jumps: nothing was recorded on the way up. */
function stretches(band, from, to, jump) {
  const before = [];
  const after = [];
  band.steps.forEach((step, i) => {
    if (step < from || step > to) return;
    (step >= jump ? after : before).push([step, band.mean[i] - band.deviation[i], band.mean[i] + band.deviation[i]]);
  });
  return [before, after].filter((rows) => rows.length > 0);
}

/** An empty series that carries marks. */
function carrier(data) {
  return { type: 'line', data: [], silent: true, z: 1, markLine: { silent: true, symbol: 'none', animation: false, data } };
}

/** Vertical lines at the moments of the runs; a word is left out where it would lie on a weightier one. */
function moments(marks, from, to, colours, width) {
  const room = ((to - from) / Math.max(1, width - MARGIN.left - MARGIN.right)) * WORD_WIDTH;
  const taken = [];
  return marks
    .filter((mark) => mark.step >= from && mark.step <= to)
    .sort((a, b) => WEIGHT[b.tone] - WEIGHT[a.tone] || b.step - a.step)
    .map(({ step, words, tone, style }) => {
      const late = step > to - room;
      const left = late ? step - room : step;
      const fits = taken.every((other) => Math.abs(other - left) >= room);
      if (fits) taken.push(left);
      const color = { knob: colours.arms[style], quiet: colours.muted, critical: colours.critical }[tone];
      return {
        xAxis: step,
        lineStyle: { color, type: tone === 'quiet' ? [1, 3] : 'solid', width: tone === 'knob' ? 1.5 : 1 },
        label: { show: fits, formatter: words, color, position: 'end', distance: 2, align: late ? 'right' : 'left', fontSize: 10 },
      };
    });
}

/** Horizontal lines where the axis itself would put none. */
function ticks(values, colours) {
  return values.map((value) => ({
    yAxis: value,
    lineStyle: { color: colours.rule, type: 'solid', width: 1 },
    label: { position: 'start', distance: 8, formatter: String(value), color: colours.muted, fontSize: 11 },
  }));
}

function interval(axis) {
  if (axis.min === 0.5) return 0.25;
  return axis.min === undefined || axis.max === undefined ? undefined : 0.5;
}

function label(axis, value) {
  if (Math.abs(value) >= 1000) return count(value);
  const text = axis.tick ? axis.tick(value) : axis.show(value);
  return text.replace(/(\.\d*?)0+(?=$| )/, '$1').replace(/\.(?=$| )/, '');
}
