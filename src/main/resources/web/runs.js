/** What the page knows of one run: its description, curves, newest snapshots and events. */

import { Curve, PhaseShare } from './curves.js';
import { decode } from './numbers.js';
import { PHASES, PROBE_SHARE, phaseSeconds } from './series.js';

const EVENTS_KEPT = 300;

export class Run {
  constructor(info) {
    this.events = [];
    this.describe(info);
    this.forget();
  }

  /** Takes a new description; a later one may carry a new state and moved knobs. */
  describe(info) {
    this.info = info;
    this.id = info.run;
    if (info.events && info.events.length >= this.events.length) this.events = info.events.slice(-EVENTS_KEPT);
  }

  /** Drops the curves: the server sends them again after a reconnect. */
  forget() {
    this.curves = new Map();
    this.snapshots = new Map();
    this.share = new PhaseShare();
    this.step = this.info.step ?? 0;
    this.newest = -1;
    this.ticks = [];
  }

  /** Adds the curves of a frame; steps that are already here are skipped. */
  append(frame) {
    const first = frame.steps.findIndex((step) => step > this.newest);
    if (first < 0) return;
    for (const [key, columns] of Object.entries(frame.series)) this.#appendSeries(key, columns, frame.steps, first);
    this.#appendShare(frame, first);
    this.newest = frame.steps[frame.steps.length - 1];
    this.step = Math.max(this.step, this.newest);
    this.#tick(frame.times[frame.times.length - 1]);
  }

  #appendSeries(key, columns, steps, first) {
    let curve = this.curves.get(key);
    if (!curve) this.curves.set(key, (curve = new Curve()));
    for (let i = first; i < steps.length; i++) {
      const last = decode(columns.last[i]);
      if (last === undefined) continue;
      curve.add(steps[i], last, decode(columns.min?.[i]) ?? last, decode(columns.max?.[i]) ?? last);
    }
  }

  #appendShare(frame, first) {
    const totals = PHASES.map((phase) => frame.series[phaseSeconds(phase)]?.last);
    const probe = totals[PHASES.indexOf('probe')];
    if (!probe) return;
    let curve = this.curves.get(PROBE_SHARE);
    if (!curve) this.curves.set(PROBE_SHARE, (curve = new Curve()));
    for (let i = first; i < frame.steps.length; i++) {
      const part = decode(probe[i]);
      if (part === undefined) continue;
      const whole = totals.reduce((sum, column) => sum + (decode(column?.[i]) ?? 0), 0);
      const share = this.share.add(frame.steps[i], part, whole);
      if (share !== undefined) curve.add(frame.steps[i], share);
    }
  }

  #tick(time) {
    this.ticks.push({ step: this.newest, time });
    while (this.ticks.length > 2 && this.ticks[1].time < time - 4000) this.ticks.shift();
  }

  /** The stream is gone: what is here is the last that was seen. */
  lose() {
    this.lost = true;
    this.ticks = [];
  }

  /** Steps per second over the last seconds; undefined before there is a second of them. */
  get rate() {
    if (this.ticks.length < 2 || this.info.state !== 'running') return undefined;
    const first = this.ticks[0];
    const last = this.ticks[this.ticks.length - 1];
    const seconds = (last.time - first.time) / 1000;
    return seconds > 0.5 ? (last.step - first.step) / seconds : undefined;
  }

  happened(event) {
    this.events.push(event);
    if (this.events.length > EVENTS_KEPT) this.events.splice(0, this.events.length - EVENTS_KEPT);
    if (event.knob && this.info.knobs[event.knob]) this.info.knobs[event.knob].value = event.to;
  }

  has(key) {
    if (key === PROBE_SHARE) return this.has(phaseSeconds('probe'));
    return this.curves.has(key) || (this.info.series ?? []).includes(key);
  }

  /** The newest finite value of a series. */
  value(key) {
    return this.curves.get(key)?.latestFinite?.value;
  }

  knob(key) {
    return this.info.knobs[key]?.value;
  }
}
