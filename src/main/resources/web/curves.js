/**
 * Curves of a run that has no end, in a bounded store.
 *
 * A curve is kept in buckets of equal width in steps. When there are more than `capacity`, the width doubles and
 * neighbours merge; a bucket keeps its last value, its smallest and its largest, and how many values in it were not
 * finite, so that no spike and no NaN is lost however long the run. Beside it the newest values are kept as they came.
 */

const CAPACITY = 2000;
const RECENT = 1024;

/** Buckets of equal width in steps, in the order of their steps. */
export class Buckets {
  constructor(width = 1) {
    this.width = width;
    this.steps = [];
    this.last = [];
    this.min = [];
    this.max = [];
    this.broken = [];
  }

  get length() {
    return this.steps.length;
  }

  /** Adds a value, or a bucket of values, that ends at `step`; steps never go back. */
  add(step, last, min = last, max = last, broken = Number.isFinite(last) ? 0 : 1) {
    const at = this.length - 1;
    if (at < 0 || Math.floor(step / this.width) !== Math.floor(this.steps[at] / this.width)) {
      this.steps.push(step);
      this.last.push(last);
      this.min.push(min);
      this.max.push(max);
      this.broken.push(broken);
      return;
    }
    this.steps[at] = step;
    if (Number.isFinite(last) || !Number.isFinite(this.last[at])) this.last[at] = last;
    this.min[at] = smaller(this.min[at], min);
    this.max[at] = larger(this.max[at], max);
    this.broken[at] += broken;
  }

  /** The same values in buckets `width` steps wide, only those with a step in [from, to]. */
  coarser(width, from = -Infinity, to = Infinity) {
    const result = new Buckets(width);
    for (let i = 0; i < this.length; i++) {
      if (this.steps[i] < from || this.steps[i] > to) continue;
      result.add(this.steps[i], this.last[i], this.min[i], this.max[i], this.broken[i]);
    }
    return result;
  }

  dropOldest(amount) {
    for (const column of [this.steps, this.last, this.min, this.max, this.broken]) column.splice(0, amount);
  }
}

/** One series of one run. */
export class Curve {
  constructor(capacity = CAPACITY) {
    this.capacity = capacity;
    this.whole = new Buckets();
    this.recent = new Buckets();
    this.broken = 0;
    this.firstBroken = undefined;
    this.latest = undefined;
    this.latestFinite = undefined;
  }

  add(step, last, min = last, max = last) {
    this.latest = { step, value: last };
    if (Number.isFinite(last)) {
      this.latestFinite = this.latest;
    } else {
      this.broken++;
      this.firstBroken ??= step;
    }
    this.whole.add(step, last, min, max);
    while (this.whole.length > this.capacity) this.whole = this.whole.coarser(this.whole.width * 2);
    this.recent.add(step, last, min, max);
    if (this.recent.length > 2 * RECENT) this.recent.dropOldest(RECENT);
  }

  /** What to draw between two steps in about `columns` columns of pixels. */
  view(from, to, columns) {
    const fine = this.recent.length > 0 && this.recent.steps[0] <= from;
    const store = fine ? this.recent : this.whole;
    const width = Math.max(store.width, Math.ceil((to - from + 1) / Math.max(1, columns)));
    return store.coarser(width, from, to);
  }

  /** The value at a step, or the last one before it. */
  at(step) {
    const store = this.recent.length > 0 && this.recent.steps[0] <= step ? this.recent : this.whole;
    let low = 0;
    let high = store.length - 1;
    if (high < 0 || store.steps[0] > step) return undefined;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (store.steps[middle] <= step) low = middle;
      else high = middle - 1;
    }
    return store.last[low];
  }
}

/** Share of a step spent on one phase, from running totals, over a window of steps so that rare probes count evenly. */
export class PhaseShare {
  constructor(window = 100) {
    this.window = window;
    this.totals = [];
  }

  /** Adds the totals after a step and returns the share in the window, or undefined while there is none. */
  add(step, part, whole) {
    this.totals.push({ step, part, whole });
    while (this.totals.length > 2 && this.totals[1].step <= step - this.window) this.totals.shift();
    const first = this.totals[0];
    return whole > first.whole ? (part - first.part) / (whole - first.whole) : undefined;
  }
}

function smaller(a, b) {
  if (!Number.isFinite(a)) return b;
  return Number.isFinite(b) && b < a ? b : a;
}

function larger(a, b) {
  if (!Number.isFinite(a)) return b;
  return Number.isFinite(b) && b > a ? b : a;
}
