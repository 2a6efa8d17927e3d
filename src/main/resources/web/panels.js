/** Which charts an experiment has: declarations only. A plot is left out when none of its series exists. */

import * as s from './series.js';
import { millis, percent, plain, ratio, show } from './numbers.js';

const RATIO = { min: 0, max: 1, show: ratio };
/** Fixed, so that 0 against 1 is seen at a glance and never rescaled away. */
const CORRELATION = { min: -0.05, max: 1, ticks: [0, 0.5, 1], show: ratio };

/** Cosines and correlations whose sign matters. */
const SIGNED = { min: -1, max: 1, ticks: [-1, 0, 1], show: ratio };

/** The deepest tree whose levels are drawn. */
const LEVELS = 8;
const levels = (key) => Array.from({ length: LEVELS - 1 }, (_, i) => ({ key: key(i + 1), label: `level ${i + 1}` }));

/**
 * A plot's `line` is its main curve (the first of the list that the run has), `faint` a noisier one behind it, `dots`
 * a rarer, more exact one upon it, `band` the series whose reference stands behind it, `floor` a grey line. `more` are
 * thinner lines, named under the title; those marked `theory` are what a theory predicts, dotted and grey. A panel
 * with `needs` is only for runs that have that series.
 */
export const PANELS = [
  {
    id: 'tree', title: 'Hidden latents found',
    plots: [
      { title: 'root correlation over its ceiling', axis: { min: 0, max: 1.05, show: ratio }, line: [s.TREE_RATIO] },
      { title: 'correlation at the root', axis: RATIO, line: [s.treeLevel(0)], more: levels(s.treeLevel) },
    ],
  },
  {
    id: 'operator', title: 'What drives the weights',
    plots: [{ title: 'covariance operator at the root', axis: { show, zero: true }, line: [s.operatorLevel(0)], more: levels(s.operatorLevel) }],
  },
  {
    id: 'dynamics', title: 'Does it hold without negatives?', needs: s.MOMENTS,
    plots: [
      { title: 'std ratio', axis: { min: 0, max: 1.05, show: ratio }, line: [s.STD_RATIO] },
      { title: 'norm of the embeddings', axis: { show, zero: true }, line: [s.NORM], more: [{ key: s.THEORY_NORM, label: 'theory', theory: true }] },
    ],
  },
  {
    id: 'predictor', title: 'What the predictor becomes',
    plots: [
      { title: 'eigenvalues of the predictor, mean', axis: { show, zero: true }, line: [s.PREDICTOR], more: [{ key: s.THEORY_EIGENVALUE, label: 'theory', theory: true }] },
      { title: 'commutator with the second moments', axis: { show, zero: true }, line: [s.COMMUTATOR] },
    ],
  },
  {
    id: 'readout', title: 'What the architecture lets it learn',
    plots: [
      { title: 'read out: invariant, R²', axis: CORRELATION, line: [s.readout('invariant')], more: [{ key: s.readout('spurious'), label: 'spurious' }] },
      { title: 'read out: patch, R²', axis: CORRELATION, line: [s.readout('patch')], more: [{ key: s.readout('position'), label: 'position' }] },
      { title: 'accuracy of the read-out', axis: RATIO, line: [s.READOUT_ACCURACY] },
    ],
  },
  {
    id: 'discrepancy', title: 'How far the views of a pair lie apart',
    plots: [{ title: 'whitened distance φ', axis: { show, zero: true }, line: [s.DISCREPANCY] }],
  },
  {
    id: 'classes', title: 'Do classes come together?',
    plots: [
      { title: 'nearest class mean is right', axis: RATIO, line: [s.CLASS_ACCURACY] },
      { title: 'scatter within over between classes', axis: { show, zero: true }, line: [s.CLASS_VARIABILITY] },
    ],
  },
  {
    id: 'latents', title: 'True latents found',
    plots: [
      { title: 'their span, R²', axis: RATIO, line: [s.LATENT_R2] },
      { title: 'each by itself, MCC', axis: RATIO, line: [s.LATENT_MCC] },
    ],
  },
  {
    id: 'direction', title: 'One direction for ageing',
    plots: [
      { title: 'cosine of moves and direction', axis: SIGNED, line: [s.DIRECTION] },
      { title: 'correlation with the age', axis: SIGNED, line: [s.AGE], more: [{ key: s.NUISANCE, label: 'place, brightness' }] },
    ],
  },
  {
    id: 'order', title: 'Which picture is the later one?',
    plots: [{ title: 'pairs in the right order', axis: RATIO, line: [s.ORDER] }],
  },
  {
    id: 'correlation', title: 'Noise against signal in common',
    plots: [
      { title: 'dense correlation: noise', axis: CORRELATION, line: [s.DENSE_ESTIMATE, s.DENSE], dots: s.DENSE, band: s.DENSE },
      { title: 'sparse correlation: signal', axis: CORRELATION, line: [s.SPARSE_ESTIMATE, s.SPARSE], dots: s.SPARSE, band: s.SPARSE },
    ],
  },
  {
    id: 'filters', title: 'Filters become edges',
    plots: [
      { title: 'orientation selectivity', axis: RATIO, line: [s.ORIENTATION], band: s.ORIENTATION },
      { title: 'kurtosis', axis: { show }, line: [s.KURTOSIS], band: s.KURTOSIS },
    ],
    images: true,
  },
  {
    id: 'features', title: 'Features found',
    plots: [
      { title: 'coverage', axis: RATIO, line: [s.COVERAGE], band: s.COVERAGE },
      { title: 'alignment', axis: RATIO, line: [s.ALIGNMENT], band: s.ALIGNMENT },
    ],
  },
  {
    id: 'loss', title: 'Loss',
    plots: [{ title: 'training loss', axis: { show, zero: true }, line: [s.LOSS_SMOOTHED, s.LOSS], faint: s.LOSS, band: s.LOSS, floor: { key: s.CHANCE, label: 'chance' } }],
  },
  {
    id: 'firing', title: 'How neurons fire', needs: s.STAGE,
    plots: [
      { title: 'sparsity', axis: RATIO, line: [s.SPARSITY], band: s.SPARSITY },
      { title: 'selectivity', axis: RATIO, line: [s.SELECTIVITY], band: s.SELECTIVITY },
    ],
  },
  {
    id: 'shape', title: 'Shape of the filters',
    plots: [
      { title: 'spectral spread', axis: { show, zero: true }, line: [s.SPREAD], band: s.SPREAD },
      { title: 'energy in a window', axis: { show, zero: true }, line: [s.WINDOW], band: s.WINDOW },
    ],
    images: true,
  },
  {
    id: 'variety', title: 'Variety and agreement',
    plots: [
      { title: 'distinct neurons', axis: { show, zero: true }, line: [s.CLUSTERS], band: s.CLUSTERS },
      { title: 'agreement of views', axis: CORRELATION, line: [s.PAIR_CORRELATION], band: s.PAIR_CORRELATION },
    ],
    images: true,
  },
  {
    id: 'spread', title: 'Room the embedding takes',
    plots: [
      { title: 'std ratio', axis: { min: 0, max: 1.05, show: ratio }, line: [s.STD_RATIO], band: s.STD_RATIO },
      { title: 'effective rank', axis: { show, zero: true }, line: [s.RANK], band: s.RANK },
    ],
  },
  {
    id: 'dimensions', title: 'How many dimensions carry it',
    plots: [
      { title: 'participation ratio', axis: { show, zero: true }, line: [s.PARTICIPATION] },
      { title: 'LiDAR', axis: { show, zero: true }, line: [s.LIDAR] },
    ],
  },
  {
    id: 'redundancy', title: 'Redundant coordinates',
    plots: [
      { title: 'correlation between coordinates', axis: RATIO, line: [s.REDUNDANCY] },
      { title: 'dead coordinates', axis: RATIO, line: [s.DEAD] },
    ],
  },
  {
    id: 'weights', title: 'What the weights hold',
    plots: [
      { title: 'signal in the weights', axis: RATIO, line: [s.WEIGHT_SPARSE], band: s.WEIGHT_SPARSE },
      { title: 'linear probe accuracy', axis: { min: 0.5, max: 1, show: ratio }, line: [s.PROBE_ACCURACY], band: s.PROBE_ACCURACY },
    ],
  },
  {
    id: 'norms', title: 'Size of weights and gradient',
    plots: [
      { title: 'weight norm', axis: { show, zero: true }, line: [s.WEIGHT_NORM], band: s.WEIGHT_NORM },
      { title: 'gradient norm', axis: { show, zero: true }, line: [s.GRADIENT_NORM] },
    ],
  },
  {
    id: 'cost', title: 'What a step costs',
    plots: [
      { title: 'step time, ms', axis: { show: millis, tick: (seconds) => plain(1000 * seconds), zero: true }, line: [s.STEP_SECONDS] },
      { title: 'share of probes, %', axis: { show: percent, tick: (share) => plain(100 * share), zero: true }, line: [s.PROBE_SHARE] },
    ],
  },
];

/** The panels of an experiment, each with the plots that at least one arm can fill and that no earlier panel has. */
export function panelsOf(experiment) {
  const can = (key) => experiment.arms.some((arm) => arm.run.has(key));
  const shown = new Set();
  const fills = (plot) => plot.line.some(can) && !shown.has(plot.title) && shown.add(plot.title);
  return PANELS.filter((panel) => (!panel.images || experiment.images) && (!panel.needs || can(panel.needs)))
    .map((panel) => ({ ...panel, plots: panel.plots.filter(fills) }))
    .filter((panel) => panel.plots.length > 0);
}
