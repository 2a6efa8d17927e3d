/** Which charts an experiment has: declarations only. A plot is left out when none of its series exists. */

import * as s from './series.js';
import { millis, percent, plain, ratio, show } from './numbers.js';

const RATIO = { min: 0, max: 1, show: ratio };
/** Fixed, so that 0 against 1 is seen at a glance and never rescaled away. */
const CORRELATION = { min: -0.05, max: 1, ticks: [0, 0.5, 1], show: ratio };

/**
 * A plot's `line` is its main curve (the first of the list that the run has), `faint` a noisier one behind it, `dots`
 * a rarer, more exact one upon it, `band` the series whose reference stands behind it, `floor` a grey line.
 */
export const PANELS = [
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
    plots: [{ title: 'contrastive loss', axis: { show, zero: true }, line: [s.LOSS_SMOOTHED, s.LOSS], faint: s.LOSS, band: s.LOSS, floor: { key: s.CHANCE, label: 'chance' } }],
  },
  {
    id: 'firing', title: 'How neurons fire',
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

/** The panels of an experiment, each with the plots that at least one arm can fill. */
export function panelsOf(experiment) {
  const can = (key) => experiment.arms.some((arm) => arm.run.has(key));
  return PANELS.filter((panel) => !panel.images || experiment.images)
    .map((panel) => ({ ...panel, plots: panel.plots.filter((plot) => plot.line.some(can)) }))
    .filter((panel) => panel.plots.length > 0);
}
