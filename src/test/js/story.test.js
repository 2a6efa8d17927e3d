import assert from 'node:assert/strict';
import test from 'node:test';
import { story, verdict } from '../web/story.js';

const masks = { name: 'masks', masked: true, state: 'running', step: 1500, horizon: 2000, stage: 2, loss: 3.3 };
const none = { ...masks, name: 'no augmentation', masked: false, loss: 0.7 };

test('counts the features of both arms', () => {
  const told = story([{ ...masks, coverage: 0.906, features: 32, dense: 0.05 }, { ...none, coverage: 0.25, features: 32, dense: 1 }]);
  assert.equal(told.headline, 'With masks 29 of 32 features found; without, 8.');
  assert.equal(told.remark, 'Of the noise the two views share 0.050 with masks and 1.00 without. Yet the unmasked loss looks better: 0.70 against 3.30.');
});

test('says of the filters which are oriented and which stay noise', () => {
  const told = story([{ ...masks, orientation: 0.75 }, { ...none, orientation: 0.17 }]);
  assert.equal(told.headline, 'With masks the filters are oriented (0.75); without, they stay noise (0.17).');
  assert.match(told.remark, /unmasked loss looks better/);
});

test('does not call the unmasked loss better when it is not', () => {
  const told = story([{ ...masks, orientation: 0.75, loss: 0.5 }, { ...none, orientation: 0.17 }]);
  assert.doesNotMatch(told.remark, /better/);
});

test('names an arm by its overlap once that was moved', () => {
  const told = story([{ ...masks, name: 'masks, overlap 1', coverage: 0, features: 32 }, { ...none, coverage: 0.25, features: 32 }]);
  assert.equal(told.headline, 'Masks, overlap 1: 0 of 32 features found; no augmentation: 8.');
});

test('explains the shock when the thresholds start', () => {
  assert.match(story([{ ...masks, coverage: 0, stage: 2, step: 300, sinceStage: 50 }]).remark, /healthy shock/);
});

test('a run that failed comes before everything else', () => {
  const told = story([masks, { ...none, state: 'failed', step: 1234, reason: 'loss is NaN' }]);
  assert.deepEqual(told, { headline: 'The run with no augmentation failed at step 1,234.', remark: 'loss is NaN' });
});

test('waits in words before the first step', () => {
  assert.equal(story([{ ...masks, loss: undefined }]).headline, 'Waiting for the first step.');
});

test('the worst collapse state decides', () => {
  assert.deepEqual(verdict({ neuron: 'warning', no_learning: 'critical', complete: 'ok' }), { state: 'critical', words: 'Collapse: no learning' });
  assert.equal(verdict({ neuron: 'warning', complete: 'ok' }).words, 'Warning: neuron');
  assert.equal(verdict({ complete: 'ok' }).state, 'ok');
  assert.equal(verdict({}).state, 'none');
});
