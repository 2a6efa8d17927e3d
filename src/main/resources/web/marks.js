/** The moments of a run that are marked on its charts, and the words on the marks. */

import { plain } from './numbers.js';
import { spoken } from './story.js';

const ROMAN = ['0', 'I', 'II', 'III', 'IV'];

const KNOB_WORDS = {
  overlap: 'overlap', keep: 'keep', learning_rate: 'learning rate', temperature: 'temperature', decay: 'decay',
  threshold_cap: 'threshold cap', pace: 'pace', probe_budget: 'probe budget',
};

export function knobName(key) {
  return KNOB_WORDS[key] ?? key.replaceAll('_', ' ');
}

/**
 * The marks of an experiment in the order of their steps: {step, words, tone: 'knob' | 'quiet' | 'critical', style}.
 * What happens to all arms at the same step, as the start of a stage does, is one mark.
 */
export function marksOf(experiment) {
  const marks = new Map();
  for (const arm of experiment.arms) {
    for (const event of arm.run.events) {
      const mark = markOf(event);
      if (!mark) continue;
      const key = `${event.step} ${mark.words} ${mark.tone === 'quiet' ? '' : arm.style}`;
      marks.set(key, { step: event.step, style: arm.style, ...mark });
    }
  }
  return [...marks.values()].sort((a, b) => a.step - b.step);
}

function markOf(event) {
  if (event.knob) return { words: `${knobName(event.knob)} ${plain(event.to)}`, tone: 'knob' };
  if (event.label === 'stage_entered') return { words: stageWords(event), tone: 'quiet' };
  if (event.severity === 'critical') return { words: spoken(event.kind), tone: 'critical' };
  return undefined;
}

function stageWords(event) {
  return event.stage === undefined ? 'stage' : `stage ${ROMAN[event.stage] ?? event.stage}`;
}

/** An event as a line of the list. */
export function eventWords(event) {
  if (event.knob) return `${knobName(event.knob)} ${plain(event.from)} → ${plain(event.to)}`;
  return event.text;
}
