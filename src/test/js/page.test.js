import assert from 'node:assert/strict';
import test from 'node:test';
import { armName, experimentsOf } from '../web/experiments.js';
import { sortedRows } from '../web/heatmap.js';
import { marksOf } from '../web/marks.js';
import { decode, percent, ratio, show } from '../web/numbers.js';
import { PANELS, panelsOf } from '../web/panels.js';
import { Run } from '../web/runs.js';
import { EXPLAIN } from '../web/explain.js';
import * as s from '../web/series.js';
import { COVERAGE, LOSS, LOSS_SMOOTHED, PROBE_SHARE, phaseSeconds } from '../web/series.js';
import { layoutOf } from '../web/tiles.js';

const info = (run, augment, more = {}) => ({
  run, recipe: 'wen-li', preset: 'lottery-small', seed: 0, state: 'running', step: 0, groundTruth: true, tileSide: 0,
  settings: { augment, overlap: '0' }, knobs: { overlap: { value: 0, min: 0, max: 1 } }, series: [LOSS], events: [], ...more,
});

test('not measured, not finite and measured are three things', () => {
  assert.equal(decode(null), undefined);
  assert.ok(Number.isNaN(decode('NaN')));
  assert.equal(decode('-Infinity'), -Infinity);
  assert.equal(decode(0), 0);
  assert.deepEqual([undefined, NaN, 0, 5.545, -0.0001, 1234.5].map(show), ['–', 'not finite', '0.00', '5.54', '-1.0e-4', '1,235']);
  assert.equal(ratio(0.0002), '0.00');
  assert.equal(percent(0.0815), '8.15 %');
});

test('runs that differ in augmentation are arms of one experiment, masks first', () => {
  const runs = [info('b', 'none'), info('a', 'mask'), info('c', 'mask', { preset: 'lottery-medium' })].map((i) => new Run(i));
  const experiments = experimentsOf(runs);
  assert.deepEqual(experiments.map((e) => e.arms.map((arm) => arm.run.id)), [['a', 'b'], ['c']]);
  assert.deepEqual(experiments[0].arms.map((arm) => [armName(arm), arm.style]), [['masks', 0], ['no augmentation', 1]]);
});

test('two runs with the same settings are two experiments', () => {
  assert.equal(experimentsOf([new Run(info('a', 'mask')), new Run(info('b', 'mask'))]).length, 2);
});

test('an arm is called by its overlap when that has moved', () => {
  const [experiment] = experimentsOf([new Run(info('a', 'mask'))]);
  experiment.arms[0].run.happened({ run: 'a', step: 7, label: 'knob_changed', knob: 'overlap', from: 0, to: 0.5 });
  assert.equal(armName(experiment.arms[0]), 'masks, overlap 0.5');
  assert.deepEqual(marksOf(experiment), [{ step: 7, style: 0, words: 'overlap 0.5', tone: 'knob' }]);
});

test('a frame that overlaps the history adds only what is new', () => {
  const run = new Run(info('a', 'mask'));
  run.append({ steps: [0, 1], times: [1, 2], series: { [LOSS]: { last: [5, 'NaN'] } } });
  run.append({ steps: [1, 2], times: [2, 3], series: { [LOSS]: { last: [7, null] } } });
  run.append({ steps: [3], times: [4], series: { [LOSS]: { last: [4], min: [3], max: [6] } } });
  assert.deepEqual(run.curves.get(LOSS).whole.steps, [0, 1, 3]);
  assert.deepEqual(run.curves.get(LOSS).whole.max, [5, NaN, 6]);
  assert.equal(run.value(LOSS), 4);
  assert.equal(run.step, 3);
});

test('the share of probes comes from the running totals of the trainer', () => {
  const run = new Run(info('a', 'mask'));
  const frame = { steps: [0, 10], times: [0, 1000], series: {} };
  for (const phase of ['forward', 'backward', 'probe', 'augment']) frame.series[phaseSeconds(phase)] = { last: [1, phase === 'probe' ? 1.2 : 1.9] };
  run.append(frame);
  assert.ok(Math.abs(run.value(PROBE_SHARE) - 0.1) < 1e-9);
});

test('a panel without any of its series is left out', () => {
  const [experiment] = experimentsOf([new Run(info('a', 'mask', { series: [LOSS_SMOOTHED, COVERAGE] }))]);
  const panels = panelsOf(experiment);
  assert.deepEqual(panels.map((panel) => panel.id), ['features', 'loss']);
  assert.deepEqual(panels[0].plots.map((plot) => plot.title), ['coverage']);
});

const system = (recipe, preset, ...series) => info(recipe, undefined, { recipe, preset, groundTruth: false, settings: {}, knobs: {}, series: [LOSS, ...series] });
const panelIds = (described) => panelsOf(experimentsOf([new Run(described)])[0]).map((panel) => panel.id);

test('each system has the panels of its own measures, first', () => {
  assert.deepEqual(panelIds(system('hltm', 'tree', s.TREE_RATIO, s.treeLevel(0), s.treeLevel(1), s.operatorLevel(0))), ['tree', 'operator', 'loss']);
  assert.deepEqual(panelIds(system('noncontrastive', 'mlp', s.MOMENTS, s.STD_RATIO, s.NORM, s.PREDICTOR, s.RANK)), ['dynamics', 'predictor', 'loss', 'spread']);
  assert.deepEqual(panelIds(system('inductive-bias', 'cube-linear', s.readout('invariant'), s.readout('spurious'), s.DISCREPANCY)), ['readout', 'discrepancy', 'loss']);
  assert.deepEqual(panelIds(system('supcon', 'hard-out', s.CLASS_ACCURACY)), ['classes', 'loss']);
  assert.deepEqual(panelIds(system('identifiability', 'box', s.LATENT_R2, s.LATENT_MCC)), ['latents', 'loss']);
  assert.deepEqual(panelIds(system('lssl', 'growth', s.DIRECTION, s.ORDER)), ['direction', 'order', 'loss']);
});

test('the norm of a run that has negatives is no matter of living without them', () => {
  assert.deepEqual(panelIds(system('supcon', 'hard-out', s.NORM, s.STD_RATIO, s.SPARSITY)), ['loss', 'spread']);
});

test('no plot is shown twice', () => {
  const [experiment] = experimentsOf([new Run(system('noncontrastive', 'mlp', s.MOMENTS, s.STD_RATIO, s.RANK))]);
  const titles = panelsOf(experiment).flatMap((panel) => panel.plots.map((plot) => plot.title));
  assert.deepEqual(titles, ['std ratio', 'training loss', 'effective rank']);
});

test('every panel explains itself', () => {
  for (const { id } of PANELS) assert.ok(EXPLAIN[id]?.shows && EXPLAIN[id].healthy && EXPLAIN[id].otherwise, id);
});

test('an arm without masks to speak of is called by its preset, its experiment by its system', () => {
  const [experiment] = experimentsOf([new Run(system('hltm', 'tree-weak', s.TREE_RATIO))]);
  assert.equal(armName(experiment.arms[0]), 'tree-weak');
  assert.equal(experiment.title, 'Latent tree');
});

test('rows of the heatmap are sorted into a diagonal', () => {
  const values = [0.1, 0.2, 0.9, 0.8, 0.1, 0.1, 0.3, 0.7, 0.2, 0.95, 0.1, 0.1];
  assert.deepEqual(sortedRows(4, 3, values), [3, 1, 2, 0]);
});

test('tiles fill whole rows at the largest magnification that fits', () => {
  assert.deepEqual(layoutOf(64, 12, 2, 310, 330), { scale: 3, rows: 8, columns: 8 });
  const narrow = layoutOf(96, 16, 2, 140, 330);
  assert.ok(narrow.columns * (16 * narrow.scale + 2) - 2 <= 140);
  assert.ok(narrow.columns * narrow.rows >= 96);
});
