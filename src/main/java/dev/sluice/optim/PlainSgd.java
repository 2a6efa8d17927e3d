package dev.sluice.optim;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.State;
import dev.sluice.model.Parameter;

/**
 * SGD with L2 decay and nothing to remember, on one weight matrix: {@code W = W - rate (G + decay
 * W)}. Rows longer than a limit are scaled back to it.
 */
public final class PlainSgd implements Optimiser {
  private final Backend backend;
  private final Parameter weight;
  private final double normLimit;
  private final Matrix rowNorms;
  private final double[] norms;

  /**
   * @param normLimit 0 for no limit
   */
  public PlainSgd(Backend backend, Parameter weight, double normLimit) {
    this.backend = backend;
    this.weight = weight;
    this.normLimit = normLimit;
    int rows = weight.value().rows();
    rowNorms = backend.allocate(1, rows);
    norms = new double[rows];
  }

  @Override
  public double update(double rate, double decay) {
    double gradientNorm = backend.sgdStep(weight.value(), weight.gradient(), rate, decay, rowNorms);
    if (normLimit > 0) {
      backend.limitRowNorms(weight.value(), normLimit, rowNorms);
    }
    backend.download(rowNorms, 0, 1, norms);
    return gradientNorm;
  }

  @Override
  public double[] rowNorms() {
    return norms;
  }

  @Override
  public void save(String path, State state) {
    state.put(path + ".norms", norms);
  }

  @Override
  public void load(String path, State state) {
    System.arraycopy(state.get(path + ".norms", norms.length), 0, norms, 0, norms.length);
  }

  @Override
  public void close() {
    rowNorms.close();
  }
}
