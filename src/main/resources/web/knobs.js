/** The knobs of a run: each asks the server and says from which step on it holds, or why it was refused. */

import { element, freshId, say } from './dom.js';
import { knobName } from './marks.js';
import { count, plain } from './numbers.js';
import { ask } from './stream.js';

const PACES = [1, 2, 5, 10, 20, 33, 50, 100, 200, 500, 0];
const MASK_KNOBS = ['overlap', 'keep'];
const HINTS = {
  overlap: 'share of the picture that both views see: 0 complementary masks, 1 identical masks',
  keep: 'share of the picture that a mask keeps',
  learning_rate: 'at step 0; the schedule keeps its shape',
  pace: 'steps per second',
};

export class Knobs {
  constructor(arm) {
    this.arm = arm;
    this.run = arm.run;
    this.controls = new Map();
    this.said = element('p', { class: 'said', role: 'status' });
    this.pause = element('button', { type: 'button', class: 'pause', onclick: () => this.#toggle() }, 'Pause');
    const more = element('div', { class: 'knob-grid' },
      ...['temperature', 'decay', 'threshold_cap', 'probe_budget'].map((key) => this.#number(key)),
      element('button', { type: 'button', class: 'stop', onclick: () => this.#stop() }, 'End this run'));
    this.node = element('div', { class: 'knobs' },
      element('div', { class: 'knob-grid' },
        this.#slider('overlap', 0.05), this.#slider('keep', 0.05), this.#number('learning_rate'), this.#pace()),
      element('div', { class: 'knob-foot' }, this.pause, element('details', {}, element('summary', {}, 'more'), more), this.said));
  }

  /** Brings the controls to where the run's knobs stand, but never under a hand that is moving one. */
  refresh() {
    for (const [key, control] of this.controls) {
      const value = this.run.knob(key);
      if (value === undefined || control.busy()) continue;
      control.set(value);
    }
    const { state } = this.run.info;
    const over = state === 'finished' || state === 'failed';
    say(this.pause, state === 'paused' ? 'Resume' : 'Pause');
    this.pause.disabled = over;
    for (const input of this.node.querySelectorAll('input')) input.disabled = over || input.dataset.fixed === 'true';
  }

  #frame(key, input, output) {
    const fixed = MASK_KNOBS.includes(key) && !this.arm.masked;
    if (fixed) input.dataset.fixed = 'true';
    const hint = fixed ? 'this run uses no masks' : HINTS[key];
    const label = element('label', { for: input.id, title: hint }, knobName(key));
    return element('div', { class: `knob${fixed ? ' fixed' : ''}`, title: hint }, label, output ?? '', input);
  }

  #slider(key, step) {
    const knob = this.run.info.knobs[key];
    if (!knob) return undefined;
    const input = element('input', { type: 'range', id: freshId(key), min: knob.min, max: knob.max, step, 'data-knob': key });
    const output = element('output', { for: input.id });
    const show = (value) => {
      say(output, Number(value).toFixed(2));
      input.setAttribute('aria-valuetext', `${Number(value).toFixed(2)}: ${HINTS[key]}`);
    };
    return this.#wire(key, input, output, Number, (value) => { input.value = value; show(value); }, show);
  }

  #pace() {
    const at = (value) => {
      const place = PACES.indexOf(value);
      return place >= 0 ? place : PACES.findIndex((pace) => pace === 0 || pace > value);
    };
    const input = element('input', { type: 'range', id: freshId('pace'), min: 0, max: PACES.length - 1, step: 1, 'data-knob': 'pace' });
    const output = element('output', { for: input.id });
    const show = (value) => {
      const words = value === 0 ? 'free' : `${plain(value)}/s`;
      say(output, words);
      input.setAttribute('aria-valuetext', value === 0 ? 'as fast as it goes' : `${plain(value)} steps per second`);
    };
    return this.#wire('pace', input, output, (place) => PACES[place], (value) => { input.value = at(value); show(value); }, (place) => show(PACES[place]));
  }

  #number(key) {
    const knob = this.run.info.knobs[key];
    if (!knob) return undefined;
    const input = element('input', { type: 'number', id: freshId(key), min: knob.min, max: knob.max, step: 'any', inputmode: 'decimal', 'data-knob': key });
    return this.#wire(key, input, undefined, Number, (value) => { input.value = plain(value); }, () => {});
  }

  /** A slider asks shortly after the hand rests, so that a drag or a held key is one change, not fifty. */
  #wire(key, input, output, valueOf, set, show) {
    let timer;
    let pending = 0;
    const send = async () => {
      timer = undefined;
      if (input.value === '') return;
      pending++;
      await this.#move(key, valueOf(input.value));
      pending--;
      this.refresh();
    };
    input.addEventListener('input', () => input.type === 'range' && show(input.value));
    input.addEventListener('change', () => {
      clearTimeout(timer);
      timer = setTimeout(send, input.type === 'range' ? 250 : 0);
    });
    let held = false;
    input.addEventListener('pointerdown', () => { held = true; });
    input.addEventListener('pointerup', () => { held = false; });
    input.addEventListener('pointercancel', () => { held = false; });
    const busy = () => timer !== undefined || pending > 0 || held || (input.type === 'number' && document.activeElement === input);
    this.controls.set(key, { busy, set });
    set(this.run.knob(key));
    return this.#frame(key, input, output);
  }

  async #move(key, value) {
    if (value === this.run.knob(key)) return;
    await this.#tell(`${knobName(key)} ${value === 0 && key === 'pace' ? 'free' : plain(value)}`, () => ask(this.run.id, 'knobs', { [key]: value }), () => {
      this.run.info.knobs[key].value = value;
    });
  }

  async #toggle() {
    const what = this.run.info.state === 'paused' ? 'resume' : 'pause';
    await this.#tell(what === 'pause' ? 'Paused' : 'Resumed', () => ask(this.run.id, what), () => {
      this.run.info.state = what === 'pause' ? 'paused' : 'running';
      this.refresh();
    });
  }

  async #stop() {
    if (!confirm('End this run? It cannot be resumed from this page.')) return;
    await this.#tell('Ended', () => ask(this.run.id, 'stop'), () => {});
  }

  async #tell(words, request, done) {
    this.said.dataset.tone = '';
    try {
      const step = await request();
      done();
      say(this.said, `${words} from step ${count(step)} on.`);
    } catch (error) {
      this.said.dataset.tone = 'error';
      say(this.said, `Not changed: ${error.message}.`);
    }
  }
}
