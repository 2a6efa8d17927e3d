/** What the newest values of an arm say, in the form the sentences and the collapse table need. */

import { armName } from './experiments.js';
import * as s from './series.js';
import { saysOf } from './systems.js';

export function factsOf(arm) {
  const { run } = arm;
  const stage = run.value(s.STAGE);
  const entered = run.events.findLast((event) => event.label === 'stage_entered' && event.stage === stage);
  return {
    name: armName(arm),
    masked: arm.masked,
    state: run.info.state,
    reason: run.info.reason,
    step: run.step,
    horizon: run.info.horizon,
    stage,
    sinceStage: entered ? run.step - entered.step : undefined,
    coverage: run.value(s.COVERAGE),
    features: run.snapshots.get('alignment')?.columns,
    orientation: run.value(s.ORIENTATION),
    loss: run.value(s.LOSS_SMOOTHED) ?? run.value(s.LOSS),
    says: saysOf(run),
    dense: run.value(s.DENSE_ESTIMATE) ?? run.value(s.DENSE),
  };
}

/** The state of every collapse kind of a run: ok, warning, critical; a kind nobody watches is left out. */
export function collapseOf(run) {
  const states = {};
  for (const kind of s.KINDS) {
    const active = run.value(s.collapseActive(kind));
    const warning = run.value(s.collapseWarning(kind));
    if (active === undefined && warning === undefined) continue;
    states[kind] = active > 0 ? 'critical' : warning > 0 ? 'warning' : 'ok';
  }
  return states;
}
