import assert from 'node:assert/strict';
import test from 'node:test';
import { Buckets, Curve, PhaseShare } from '../web/curves.js';

test('a curve of many steps stays within its capacity and keeps every extreme', () => {
  const curve = new Curve(100);
  for (let step = 0; step < 50_000; step++) curve.add(step, step === 31_234 ? 9 : step === 777 ? -9 : Math.sin(step));
  assert.ok(curve.whole.length <= 100, `${curve.whole.length} buckets`);
  assert.equal(Math.max(...curve.whole.max), 9);
  assert.equal(Math.min(...curve.whole.min), -9);
  assert.equal(curve.whole.steps.at(-1), 49_999);
});

test('the newest values are kept as they came', () => {
  const curve = new Curve(100);
  for (let step = 0; step < 5000; step++) curve.add(step, step);
  const view = curve.view(4000, 4999, 1000);
  assert.equal(view.width, 1);
  assert.equal(view.length, 1000);
  assert.deepEqual(view.last.slice(0, 2), [4000, 4001]);
});

test('a value that is not finite is a gap and counted, never 0', () => {
  const curve = new Curve();
  curve.add(0, 1);
  curve.add(1, NaN);
  curve.add(2, 3);
  const view = curve.view(0, 2, 100);
  assert.deepEqual(view.last, [1, NaN, 3]);
  assert.equal(curve.broken, 1);
  assert.equal(curve.firstBroken, 1);
  assert.equal(curve.latest.value, 3);
});

test('a bucket that holds a value that is not finite says so when it is merged', () => {
  const buckets = new Buckets(4);
  [1, 5, NaN, 2].forEach((value, step) => buckets.add(step, value));
  assert.deepEqual([buckets.last, buckets.min, buckets.max, buckets.broken], [[2], [1], [5], [1]]);
});

test('a bucket of nothing finite stays a gap', () => {
  const buckets = new Buckets(2);
  buckets.add(0, NaN);
  buckets.add(1, Infinity);
  assert.equal(Number.isFinite(buckets.last[0]), false);
  assert.equal(buckets.broken[0], 2);
});

test('buckets of the server keep their minima and maxima', () => {
  const curve = new Curve();
  curve.add(9, 1, -2, 4);
  const view = curve.view(0, 20, 10);
  assert.deepEqual([view.min, view.max], [[-2], [4]]);
});

test('the value at a step is the last one measured before it', () => {
  const curve = new Curve();
  for (let step = 0; step <= 200; step += 50) curve.add(step, step / 50);
  assert.equal(curve.at(99), 1);
  assert.equal(curve.at(100), 2);
  assert.equal(new Curve().at(3), undefined);
});

test('a rare probe is spread over the window of its share', () => {
  const share = new PhaseShare(100);
  let probe = 0;
  let all = 0;
  let last;
  for (let step = 0; step < 400; step++) {
    probe += step % 50 === 0 ? 5 : 0;
    all += 1 + (step % 50 === 0 ? 5 : 0);
    last = share.add(step, probe, all);
  }
  assert.ok(Math.abs(last - 10 / 110) < 0.02, `${last}`);
});
