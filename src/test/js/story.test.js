import assert from 'node:assert/strict';
import test from 'node:test';
import * as s from '../web/series.js';
import { story, verdict } from '../web/story.js';
import { saysOf } from '../web/systems.js';

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

const run = (values, more = {}) => ({ has: (key) => key in values, value: (key) => values[key], info: { source: '', ...more } });
const told = (values, more) => {
  const says = saysOf(run(values, more));
  return story([{ name: 'a', masked: true, state: 'running', step: 10, horizon: 100, loss: 1, says }]);
};

test('says of a tree how much of the root is known', () => {
  assert.deepEqual(told({ [s.TREE_RATIO]: 0.96, [s.treeLevel(0)]: 0.896 }), {
    headline: 'The net knows the root to 96.0 % of what the leaves allow.',
    remark: 'Correlation of its best unit with the root’s hidden state: 0.90.',
  });
});

test('holds a run without negatives against the theory', () => {
  const base = { [s.MOMENTS]: 0.4, [s.STD_RATIO]: 0.99, [s.NORM]: 3.06 };
  assert.equal(told(base).headline, 'No negatives, and the embeddings stand at std ratio 0.99, norm 3.06.');
  assert.match(told({ ...base, [s.PREDICTOR]: 0.8, [s.THEORY_EIGENVALUE]: 0.8 }).remark, /are at 0.80; the theory lets them rest at 0.80/);
  assert.match(told({ ...base, [s.PREDICTOR]: 0.1, [s.THEORY_EIGENVALUE]: 0 }).remark, /nothing but collapse/);
  assert.match(told({ ...base, [s.THEORY_NORM]: 0.5 }).remark, /norm shrink to 0.50/);
  assert.match(told(base).remark, /No predictor/);
  assert.match(told({ ...base, [s.PREDICTOR]: 0.3, [s.COMMUTATOR]: 0.05 }).remark, /0.050 \(commutator/);
});

test('says what the architecture lets a read-out find', () => {
  const cube = told({ [s.DISCREPANCY]: 0.1, [s.readout('invariant')]: 0.9985, [s.readout('spurious')]: -0.0004, [s.READOUT_ACCURACY]: 1 });
  assert.equal(cube.headline, 'Read out of the embedding: the invariant coordinates with R² 1.00, the spurious with 0.00.');
  assert.match(cube.remark, /100 % of the samples/);
  const shift = told({ [s.DISCREPANCY]: 0.1, [s.readout('patch')]: 0.9, [s.readout('position')]: 0.01 });
  assert.equal(shift.headline, 'Read out of the embedding: the patch with R² 0.90, the position with 0.010.');
});

test('says how classes, latents and ages are found', () => {
  assert.match(told({ [s.CLASS_ACCURACY]: 0.697, [s.CLASS_VARIABILITY]: 6.2 }).headline, /^69.7 % of the samples/);
  const box = told({ [s.LATENT_R2]: 0.9958, [s.LATENT_MCC]: 0.9976 }, { source: 'latent-box' });
  assert.equal(box.headline, 'The embedding holds 99.6 % of what varies in the true latents, and each by itself to 1.00.');
  assert.match(told({ [s.LATENT_R2]: 0.99, [s.LATENT_MCC]: 0.74 }, { source: 'latent-sphere' }).remark, /up to a rotation/);
  assert.match(told({ [s.DIRECTION]: 0.999, [s.AGE]: 0.89, [s.ORDER]: 1 }).headline, /cosine of 1.00; it follows the age with a correlation of 0.89/);
});

test('falls back on the loss while nothing of a system is measured', () => {
  const values = { [s.TREE_RATIO]: undefined };
  assert.equal(told(values).headline, 'Loss 1.00.');
});
