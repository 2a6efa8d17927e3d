/** The moments of a run that are marked on its charts, and the words on the marks. */

import { plain } from './numbers.js';
import { spoken } from './story.js';

const KNOB_WORDS = {
  overlap: 'overlap', keep: 'keep', learning_rate: 'learning rate', temperature: 'temperature', decay: 'decay',
  threshold_cap: 'threshold cap', pace: 'pace', probe_budget: 'probe budget',
};

export function knobName(key) {
  return KNOB_WORDS[key] ?? key.replaceAll('_', ' ');
}

/** The marks of an arm in the order of their steps: {step, words, tone: 'knob' | 'quiet' | 'critical'}. */
export function marksOf(arm) {
  const marks = [];
  for (const event of arm.run.events) {
    const mark = markOf(event);
    if (mark) marks.push({ step: event.step, ...mark });
  }
  return marks.sort((a, b) => a.step - b.step);
}

function markOf(event) {
  if (event.knob) return { words: `${knobName(event.knob)} ${plain(event.to)}`, tone: 'knob' };
  if (event.label === 'stage_entered') return { words: stageWords(event), tone: 'quiet' };
  if (event.severity === 'critical') return { words: spoken(event.kind), tone: 'critical' };
  return undefined;
}

function stageWords(event) {
  return event.stage === undefined ? 'stage' : `stage ${'I'.repeat(event.stage)}`;
}

/** An event as a line of the list. */
export function eventWords(event) {
  if (event.knob) return `${knobName(event.knob)} ${plain(event.from)} → ${plain(event.to)}`;
  return event.text;
}
