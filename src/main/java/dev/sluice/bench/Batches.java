package dev.sluice.bench;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.PairBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;

/** Batches of masked noise, ready in memory: what they hold does not change what a step costs. */
final class Batches implements AutoCloseable {
  private static final int COUNT = 4;
  private static final double DEVIATION = 0.35;

  private final PairBatch[] batches = new PairBatch[COUNT];
  private int next;

  Batches(Backend backend, Size size) {
    BatchShape shape = BatchShape.of(size.pairs(), size.inputs(), 0, false);
    for (int i = 0; i < COUNT; i++) {
      batches[i] = new PairBatch(backend, shape);
      fill(backend, i);
    }
  }

  private void fill(Backend backend, int step) {
    PairBatch batch = batches[step];
    int inputs = batch.shape().inputs();
    CounterStream noise = new CounterStream(1, Purpose.NOISE, step);
    CounterStream mask = new CounterStream(1, Purpose.MASK, step);
    float[] row0 = new float[inputs];
    float[] row1 = new float[inputs];
    for (int p = 0; p < batch.shape().pairs(); p++) {
      for (int j = 0; j < inputs; j++) {
        long index = (long) p * inputs + j;
        float value = (float) (2 * DEVIATION * noise.gaussian(index));
        boolean kept = mask.bits(index) < 0;
        row0[j] = kept ? value : 0;
        row1[j] = kept ? 0 : value;
      }
      backend.upload(row0, 0, batch.view0(), p, 1);
      backend.upload(row1, 0, batch.view1(), p, 1);
    }
    batch.filled(step, true);
  }

  /** The next in a circle. */
  PairBatch next() {
    next = (next + 1) % COUNT;
    return batches[next];
  }

  @Override
  public void close() {
    for (PairBatch batch : batches) {
      batch.close();
    }
  }
}
