/** What the systems beside the masked learner say in words: a name, one sentence and one remark each, from newest values. */

import { percent, ratio, show } from './numbers.js';
import * as s from './series.js';

/** By the series that makes a system what it is; `value` answers the newest value of a series, or undefined. */
const SYSTEMS = [
  { key: s.TREE_RATIO, title: 'Latent tree', says: tree },
  { key: s.MOMENTS, title: 'Without negatives', says: withoutNegatives },
  { key: s.DISCREPANCY, title: 'What the architecture can make', says: architecture },
  { key: s.CLASS_ACCURACY, title: 'Contrast with labels', says: classes },
  { key: s.LATENT_R2, title: 'Latents that made the data', says: latents },
  { key: s.DIRECTION, title: 'A direction for ageing', says: direction },
];

/** The name of a run's system, or undefined. */
export function titleOf(run) {
  return systemOf(run)?.title;
}

/** {headline, remark} of a run's system; undefined where it is none of these or nothing was measured yet. */
export function saysOf(run) {
  return systemOf(run)?.says((key) => run.value(key), run);
}

function systemOf(run) {
  return SYSTEMS.find(({ key }) => run.has(key));
}

function tree(value) {
  const share = value(s.TREE_RATIO);
  if (share === undefined) return undefined;
  const root = value(s.treeLevel(0));
  return {
    headline: `The net knows the root to ${percent(share)} of what the leaves allow.`,
    remark: root === undefined ? '' : `Correlation of its best unit with the root’s hidden state: ${ratio(root)}.`,
  };
}

function withoutNegatives(value) {
  const spread = value(s.STD_RATIO);
  const norm = value(s.NORM);
  if (spread === undefined) return undefined;
  const now = `std ratio ${ratio(spread)}, norm ${show(norm)}`;
  return { headline: `No negatives, and the embeddings stand at ${now}.`, remark: theory(value) };
}

function theory(value) {
  const rest = value(s.THEORY_EIGENVALUE);
  const predictor = value(s.PREDICTOR);
  const norm = value(s.THEORY_NORM);
  if (rest === 0) return 'With so much weight decay the theory leaves nothing but collapse.';
  if (rest !== undefined && predictor !== undefined) return `The predictor’s eigenvalues are at ${ratio(predictor)}; the theory lets them rest at ${ratio(rest)}.`;
  if (norm !== undefined) return `No predictor: the theory has the norm shrink to ${show(norm)} by now.`;
  if (predictor === undefined) return 'No predictor: nothing is known to hold them up.';
  const commutator = value(s.COMMUTATOR);
  return commutator === undefined ? '' : `Predictor and second moments share their eigenvectors up to ${ratio(commutator)} (commutator, 0 is all).`;
}

function architecture(value) {
  const pairs = [['invariant', 'spurious', 'coordinates'], ['patch', 'position', '']];
  const [good, bad, what] = pairs.find(([name]) => value(s.readout(name)) !== undefined) ?? [];
  if (good === undefined) return undefined;
  const accuracy = value(s.READOUT_ACCURACY);
  return {
    headline: `Read out of the embedding: the ${good}${what && ` ${what}`} with R² ${ratio(value(s.readout(good)))}, the ${bad} with ${ratio(value(s.readout(bad)))}.`,
    remark: accuracy === undefined ? '' : `A linear read-out names the right class of ${percent(accuracy)} of the samples.`,
  };
}

function classes(value) {
  const accuracy = value(s.CLASS_ACCURACY);
  if (accuracy === undefined) return undefined;
  const scatter = value(s.CLASS_VARIABILITY);
  return {
    headline: `${percent(accuracy)} of the samples lie nearest to the mean of their own class.`,
    remark: scatter === undefined ? '' : `Scatter within classes over that between them: ${show(scatter)} (NC1; 0 is a point each).`,
  };
}

function latents(value, run) {
  const span = value(s.LATENT_R2);
  if (span === undefined) return undefined;
  const sphere = run.info.source === 'latent-sphere';
  return {
    headline: `The embedding holds ${percent(span)} of what varies in the true latents${sphere ? '' : `, and each by itself to ${ratio(value(s.LATENT_MCC))}`}.`,
    remark: sphere ? 'On a sphere latents are found up to a rotation: R² counts, MCC does not.' : 'In a box latents are found up to their order and sign: R² and MCC both count.',
  };
}

function direction(value) {
  const cosine = value(s.DIRECTION);
  if (cosine === undefined) return undefined;
  const order = value(s.ORDER);
  return {
    headline: `Subjects move along one direction with a cosine of ${ratio(cosine)}; it follows the age with a correlation of ${ratio(value(s.AGE))}.`,
    remark: order === undefined ? '' : `Of ${percent(order)} of the pairs it tells which picture is the later one.`,
  };
}
