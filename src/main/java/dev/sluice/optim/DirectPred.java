package dev.sluice.optim;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.State;
import dev.sluice.compute.SymmetricEigen;
import dev.sluice.model.Linear;
import java.util.Arrays;

/**
 * Sets a linear predictor in closed form instead of training it. It follows the uncentred second
 * moment of the embeddings of both views, {@code F = rho F + (1 - rho) mean(z z')} with F = 0 at
 * the start, and gives the predictor its eigenvectors {@code U}:
 *
 * <pre>W = U diag(p) U',  p_j = max(sqrt(s_j / s_max) + epsilon, 1e-4)      relative
 *                    p_j = max(sqrt(s_j) + epsilon sqrt(s_max), 1e-4)  absolute</pre>
 *
 * with the eigenvalues {@code s_j} of F, those under 0 taken as 0. Source: Tian, Chen and Ganguli
 * 2021 (DirectPred), released code.
 */
public final class DirectPred implements Hook {

  /** How the predictor is scaled. */
  public enum Form {
    /** The largest value is 1 + epsilon: for objectives that look at directions only. */
    RELATIVE,
    /**
     * In the scale of the embeddings, for Euclidean objectives: there the relative form lets the
     * network collapse.
     */
    ABSOLUTE
  }

  private static final double SMALLEST = 1e-4;

  private final Backend backend;
  private final Form form;
  private final double memory;
  private final double epsilon;
  private final Linear predictor;
  private final int width;
  private final Matrix moment;
  private final double[] current;
  private final double[] average;
  private final double[] weights;

  /**
   * @param memory rho, in [0, 1)
   * @param epsilon what every direction gets, not negative
   * @param predictor square and without a bias, not owned; an optimiser must leave it alone
   */
  public DirectPred(Backend backend, Form form, double memory, double epsilon, Linear predictor) {
    if (!(memory >= 0 && memory < 1)) {
      throw new IllegalArgumentException("memory must be in [0, 1): " + memory);
    }
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("epsilon must not be negative: " + epsilon);
    }
    if (predictor.inputs() != predictor.outputs() || predictor.parameters().size() != 1) {
      throw new IllegalArgumentException(
          "the predictor must be square and have no bias: "
              + predictor.outputs()
              + " x "
              + predictor.inputs()
              + " with "
              + predictor.parameters().size()
              + " tensors");
    }
    this.backend = backend;
    this.form = form;
    this.memory = memory;
    this.epsilon = epsilon;
    this.predictor = predictor;
    width = predictor.inputs();
    moment = backend.allocate(width, width);
    current = new double[width * width];
    average = new double[width * width];
    weights = new double[width * width];
  }

  /** F, row-major (d, d); this hook's own array. */
  public double[] moment() {
    return average;
  }

  /** Takes up this batch, then sets the predictor: what it predicts from is already in it. */
  @Override
  public void afterEncoding(Matrix embedding0, Matrix embedding1) {
    double share = 0.5 / embedding0.rows();
    backend.gemm(Op.TRANSPOSE, Op.NONE, share, embedding0, embedding0, 0, moment);
    backend.gemm(Op.TRANSPOSE, Op.NONE, share, embedding1, embedding1, 1, moment);
    backend.download(moment, 0, width, current);
    for (int i = 0; i < average.length; i++) {
      average[i] = memory * average[i] + (1 - memory) * current[i];
    }
    setPredictor();
  }

  private void setPredictor() {
    // the decomposition allocates a few d x d arrays: the one place of a step that does
    SymmetricEigen eigen = SymmetricEigen.decompose(average, width);
    double largest = Math.max(0, eigen.value(0));
    Arrays.fill(weights, 0);
    for (int j = 0; j < width; j++) {
      double gain = gain(Math.max(0, eigen.value(j)), largest);
      for (int row = 0; row < width; row++) {
        double factor = gain * eigen.vectorEntry(j, row);
        for (int column = 0; column < width; column++) {
          weights[row * width + column] += factor * eigen.vectorEntry(j, column);
        }
      }
    }
    backend.upload(weights, predictor.weight().value());
  }

  private double gain(double value, double largest) {
    double gain =
        switch (form) {
          // embeddings that are all zero single out no direction
          case RELATIVE -> (largest == 0 ? 0 : Math.sqrt(value / largest)) + epsilon;
          case ABSOLUTE -> Math.sqrt(value) + epsilon * Math.sqrt(largest);
        };
    return Math.max(gain, SMALLEST);
  }

  @Override
  public void save(String path, State state) {
    state.put(path + ".moment", average);
    state.put(path + ".predictor", backend, predictor.weight().value());
  }

  @Override
  public void load(String path, State state) {
    double[] saved = state.get(path + ".moment", average.length);
    System.arraycopy(saved, 0, average, 0, saved.length);
    state.get(path + ".predictor", backend, predictor.weight().value());
  }

  @Override
  public void close() {
    moment.close();
  }
}
