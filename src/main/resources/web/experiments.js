/**
 * Runs that belong together: same recipe, preset and seed, another augmentation. They are the arms of one
 * experiment and are drawn over each other, so each gets a colour and a line style of its own.
 */

import { titleOf } from './systems.js';

/** What colour and dash an arm takes: the masked one is always the first, the one without augmentation the second. */
const STYLES = 4;

export function experimentsOf(runs) {
  const experiments = [];
  for (const run of runs) {
    const key = `${run.info.recipe}/${run.info.preset}/${run.info.seed}`;
    const arm = augmentation(run);
    let experiment = experiments.find((e) => e.key === key && !e.arms.some((other) => other.augmentation === arm));
    if (!experiment) {
      const copies = experiments.filter((e) => e.key === key).length;
      experiment = { key, id: copies ? `${key}#${copies + 1}` : key, arms: [] };
      experiments.push(experiment);
    }
    experiment.arms.push({ run, augmentation: arm });
  }
  experiments.forEach(arrange);
  return experiments.sort((a, b) => rank(a) - rank(b));
}

/** Two runs with the same answer are not arms of one experiment. */
function augmentation(run) {
  const { augment, overlap, keep } = run.info.settings ?? {};
  if (augment === 'none') return 'none';
  return [augment ?? 'views', overlap ?? '', keep ?? ''].join(' ');
}

function arrange(experiment) {
  const { arms } = experiment;
  arms.sort((a, b) => Number(a.augmentation === 'none') - Number(b.augmentation === 'none'));
  const masked = arms.filter((arm) => arm.augmentation !== 'none').length;
  arms.forEach((arm, i) => {
    arm.masked = arm.augmentation !== 'none';
    arm.named = masked > 1;
    arm.style = arm.masked ? (i === 0 ? 0 : (i + 1) % STYLES) : 1;
  });
  experiment.truth = arms.some((arm) => arm.run.info.groundTruth);
  experiment.images = arms.some((arm) => arm.run.info.tileSide > 0);
  experiment.info = arms[0].run.info;
  experiment.title = experiment.images ? 'Photos' : experiment.truth ? 'Known dictionary' : titleOf(arms[0].run) ?? experiment.info.recipe;
}

/** Pictures first: they need no reading. */
function rank(experiment) {
  return experiment.images ? 0 : 1;
}

/** What an arm is called where it stands: masks, masks with overlap 1, no augmentation; its preset where no mask could be. */
export function armName(arm) {
  if (arm.run.info.settings?.augment === undefined) return arm.run.info.preset;
  if (!arm.masked) return 'no augmentation';
  const overlap = arm.run.knob('overlap');
  if (overlap === undefined) return 'augmented';
  return overlap > 0 || arm.named ? `masks, overlap ${Number(overlap.toFixed(2))}` : 'masks';
}
