package dev.sluice.probe;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import dev.sluice.data.Dictionary;
import dev.sluice.data.SparseCoding;

/**
 * A small random learner on masked sparse codes, as arrays that a test may change before it is laid
 * out on a {@link Bench}.
 */
final class RandomSystem {
  final int samples;
  final int inputs;
  final int features;
  final int neurons;
  final double[] weights;
  final double[] thresholds;
  final double[] anchors;
  final double[] signal;
  final double[] latents;
  final double[] mask0;
  final double[] mask1;
  final SparseCoding source;
  private final Dictionary dictionary;

  RandomSystem(long seed, int samples, int inputs, int features, int neurons) {
    this(
        new SparseCoding(
            seed, inputs, SparseCoding.equalProbabilities(features, 0.3 * features), 0.1),
        seed,
        samples,
        neurons);
  }

  RandomSystem(SparseCoding source, long seed, int samples, int neurons) {
    this.source = source;
    this.samples = samples;
    this.neurons = neurons;
    dictionary = source.dictionary();
    inputs = dictionary.inputs();
    features = dictionary.features();
    float[] drawn = new float[samples * inputs];
    float[] sparse = new float[samples * inputs];
    float[] codes = new float[samples * features];
    source.draw(0, 0, samples, drawn, sparse, codes);
    anchors = widened(drawn);
    signal = widened(sparse);
    latents = widened(codes);
    mask0 = new double[samples * inputs];
    mask1 = new double[samples * inputs];
    CounterStream masks = new CounterStream(seed, Purpose.MASK, 0);
    for (int i = 0; i < mask0.length; i++) {
      mask0[i] = masks.below(2, i) * 2;
      mask1[i] = masks.below(2, i + mask0.length) * 2;
    }
    CounterStream normals = new CounterStream(seed, Purpose.WEIGHTS, 0);
    weights = new double[neurons * inputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = normals.gaussian(i);
    }
    thresholds = new double[neurons];
    for (int i = 0; i < neurons; i++) {
      thresholds[i] = 0.5 * normals.uniform(weights.length + i);
    }
  }

  Bench bench() {
    Bench bench = new Bench(samples, inputs, features, neurons, weights, thresholds, dictionary);
    bench.inputs(anchors, product(mask0, anchors), product(mask1, anchors));
    bench.truth(signal, product(mask0, signal), product(mask1, signal), latents);
    return bench;
  }

  /** Everything that the probes of this system say of it. */
  Measured measure() {
    ProbeShape shape = ProbeShape.ofLayer(samples, inputs, neurons, features, samples, samples, 0);
    try (Bench bench = bench()) {
      return bench.measure(Probes.forLayer(shape, source, 0), bench.observation(1));
    }
  }

  /** Puts the samples into another order. */
  void permuteSamples(int[] order) {
    permute(anchors, inputs, order);
    permute(signal, inputs, order);
    permute(latents, features, order);
    permute(mask0, inputs, order);
    permute(mask1, inputs, order);
  }

  static void scale(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  private static void permute(double[] rows, int columns, int[] order) {
    double[] before = rows.clone();
    for (int row = 0; row < order.length; row++) {
      System.arraycopy(before, order[row] * columns, rows, row * columns, columns);
    }
  }

  private static double[] product(double[] factors, double[] values) {
    double[] product = values.clone();
    for (int i = 0; i < product.length; i++) {
      product[i] *= factors[i];
    }
    return product;
  }

  private static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }
}
