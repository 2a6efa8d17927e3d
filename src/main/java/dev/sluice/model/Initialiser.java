package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.Purpose;
import java.util.Arrays;

/**
 * Where the first values of a trained tensor come from. Random ones are drawn from a stream of
 * their own for each tensor of a network, entry by entry in row-major order.
 */
@FunctionalInterface
public interface Initialiser {

  /**
   * Fills a new tensor.
   *
   * @param fanIn how many inputs an output of its layer is made of; the same for weights and bias
   */
  void fill(Backend backend, Matrix tensor, int fanIn);

  /** Every entry {@code value}. */
  static Initialiser constant(double value) {
    return (backend, tensor, fanIn) -> {
      double[] values = new double[tensor.rows() * tensor.columns()];
      Arrays.fill(values, value);
      backend.upload(values, tensor);
    };
  }

  /** These values, row-major. */
  static Initialiser values(double... values) {
    double[] own = values.clone();
    return (backend, tensor, fanIn) -> backend.upload(own, tensor);
  }

  /**
   * Independent N(0, std^2).
   *
   * @param tensor index of the tensor within its network: no two may share one
   */
  static Initialiser gaussian(long seed, long tensor, double std) {
    return (backend, target, fanIn) -> fillGaussian(backend, target, seed, tensor, std);
  }

  /**
   * Independent N(0, 2 / fan-in), which keeps the size of what passes through a ReLU. Source: He,
   * Zhang, Ren and Sun 2015.
   *
   * @param tensor index of the tensor within its network: no two may share one
   */
  static Initialiser he(long seed, long tensor) {
    return (backend, target, fanIn) ->
        fillGaussian(backend, target, seed, tensor, Math.sqrt(2.0 / fanIn));
  }

  /**
   * Independent, uniform within 1 / sqrt(fan-in) of 0.
   *
   * @param tensor index of the tensor within its network: no two may share one
   */
  static Initialiser uniform(long seed, long tensor) {
    return (backend, target, fanIn) -> {
      CounterStream stream = new CounterStream(seed, Purpose.WEIGHTS, tensor);
      double bound = 1 / Math.sqrt(fanIn);
      float[] values = new float[target.rows() * target.columns()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (bound * (2 * stream.uniform(i) - 1));
      }
      backend.upload(values, 0, target, 0, target.rows());
    };
  }

  private static void fillGaussian(
      Backend backend, Matrix target, long seed, long tensor, double std) {
    CounterStream stream = new CounterStream(seed, Purpose.WEIGHTS, tensor);
    float[] values = new float[target.rows() * target.columns()];
    stream.fillGaussian(values, 0, values.length, 0, std);
    backend.upload(values, 0, target, 0, target.rows());
  }
}
