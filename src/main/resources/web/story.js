/** What is happening, in words: one headline and one remark for an experiment, one line for an arm. */

import { count, ratio, show } from './numbers.js';

/** Above this a filter reads as oriented, below the other as noise (masked photo runs end at 0.75, unmasked at 0.17). */
const ORIENTED = 0.5;
const NOISE = 0.25;

/** Steps after the thresholds start during which the loss is expected to sit high. */
const SHOCK_STEPS = 150;

/**
 * @param arms facts of each arm: {name, masked, state, reason, step, horizon, stage, sinceStage, coverage, features,
 *     alignment, orientation, loss, dense, says: {headline, remark} of its system}; what was not measured is undefined
 * @returns {{headline: string, remark: string}}
 */
export function story(arms) {
  const failed = arms.find((arm) => arm.state === 'failed');
  if (failed) {
    return { headline: `The run with ${failed.name} failed at step ${count(failed.step)}.`, remark: failed.reason ?? '' };
  }
  if (arms.every((arm) => arm.loss === undefined)) return { headline: 'Waiting for the first step.', remark: '' };
  return { headline: headline(arms), remark: remark(arms) };
}

function headline(arms) {
  const said = arms.filter((arm) => arm.says);
  if (said.length) return arms.length === 1 ? said[0].says.headline : said.map((arm) => `${capital(arm.name)}: ${arm.says.headline}`).join(' ');
  if (arms.some((arm) => arm.orientation !== undefined)) return filters(arms);
  if (arms.some((arm) => arm.coverage !== undefined)) return features(arms);
  return sentence(arms, (arm) => `loss ${show(arm.loss)}`, (arm) => show(arm.loss));
}

function features(arms) {
  const measured = arms.filter((arm) => arm.coverage !== undefined);
  if (measured.every((arm) => arm.coverage === 0) && arms.every((arm) => arm.step < arm.horizon / 2)) {
    return 'No feature found yet.';
  }
  return sentence(measured, found, (arm) => (arm.features ? String(foundCount(arm)) : ratio(arm.coverage)));
}

function found(arm) {
  if (!arm.features) return `${Math.round(arm.coverage * 100)} % of the features found`;
  return `${foundCount(arm)} of ${arm.features} features found`;
}

function foundCount(arm) {
  return Math.round(arm.coverage * arm.features);
}

function filters(arms) {
  const measured = arms.filter((arm) => arm.orientation !== undefined);
  if (measured.every((arm) => arm.orientation < NOISE) && arms.every((arm) => arm.step < arm.horizon / 4)) {
    return 'All filters are still noise.';
  }
  const plain = measured.length === 2 && measured[0].name === 'masks' && !measured[1].masked;
  if (!plain) {
    return `${capital(measured.map((arm) => `${arm.name}: filters ${look(arm)} (${ratio(arm.orientation)})`).join('; '))}.`;
  }
  const [masks, none] = measured;
  const verb = none.orientation < NOISE ? 'they stay' : 'they are';
  return `With masks the filters ${become(masks)} (${ratio(masks.orientation)}); without, ${verb} ${look(none)} (${ratio(none.orientation)}).`;
}

function look(arm) {
  if (arm.orientation >= ORIENTED) return 'oriented';
  return arm.orientation < NOISE ? 'noise' : 'half oriented';
}

function become(arm) {
  if (arm.orientation >= ORIENTED) return 'are oriented';
  return arm.orientation < NOISE ? 'are noise' : 'turn from noise into edges';
}

/** "With masks A; without, B." where that is what the arms are, else "name: A; name: B." */
function sentence(arms, long, short) {
  if (arms.length === 1) return `${capital(long(arms[0]))}.`;
  if (arms.length === 2 && arms[0].name === 'masks' && !arms[1].masked) {
    return `With masks ${long(arms[0])}; without, ${short(arms[1])}.`;
  }
  return `${capital(arms.map((arm, i) => `${arm.name}: ${i === 0 ? long(arm) : short(arm)}`).join('; '))}.`;
}

function remark(arms) {
  if (arms.every((arm) => arm.state === 'paused')) return `Paused at step ${count(arms[0].step)}.`;
  const leading = arms[0];
  if (leading.says) return leading.says.remark;
  if (leading.stage !== undefined && leading.stage < 2 && leading.step < leading.horizon / 4) {
    return 'Stage I: weights grow, no thresholds yet, so every neuron answers to everything.';
  }
  if (leading.stage === 2 && leading.sinceStage !== undefined && leading.sinceStage < SHOCK_STEPS) {
    return 'The thresholds have just started: the jump of the loss is a healthy shock.';
  }
  return compared(arms);
}

function compared(arms) {
  const masks = arms.find((arm) => arm.masked);
  const none = arms.find((arm) => !arm.masked);
  if (!masks || !none || masks.loss === undefined || none.loss === undefined) return noise(arms);
  const losses = `${show(none.loss)} against ${show(masks.loss)}`;
  if (none.loss >= masks.loss) return noise(arms);
  const prefix = masks.dense !== undefined && none.dense !== undefined
    ? `Of the noise the two views share ${ratio(masks.dense)} with masks and ${ratio(none.dense)} without. `
    : '';
  return `${prefix}Yet the unmasked loss looks better: ${losses}.`;
}

function noise(arms) {
  const known = arms.filter((arm) => arm.dense !== undefined);
  if (!known.length) return '';
  return `Correlation of the noise between the two views: ${known.map((arm) => `${ratio(arm.dense)} (${arm.name})`).join(', ')}.`;
}

/** The collapse detectors of one arm in a word and a state: {state: 'ok'|'warning'|'critical'|'none', words}. */
export function verdict(states, warmingUp) {
  const of = (wanted) => Object.keys(states).filter((kind) => states[kind] === wanted).map(spoken);
  const critical = of('critical');
  if (critical.length) return { state: 'critical', words: `Collapse: ${critical.join(', ')}` };
  const warning = of('warning');
  if (warning.length) return { state: 'warning', words: `Warning: ${warning.join(', ')}` };
  if (!of('ok').length) return { state: 'none', words: 'Collapse not watched' };
  return { state: 'ok', words: warmingUp ? 'Warming up' : 'No collapse' };
}

export function spoken(kind) {
  return kind.replace('_', ' ');
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
