package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import java.util.Set;

/**
 * {@code L = sum_i (1 - C_ii)^2 + lambda sum_{i != j} C_ij^2} with C the cross-correlation of the
 * coordinates of the two views over the batch; lower is better. Coordinates are standardised with
 * the population variance plus 1e-5. Embeddings have shape (B, d).
 *
 * <p>Source: Zbontar et al. 2021 (Barlow Twins).
 */
public final class BarlowTwins implements Objective {
  private static final double EPSILON = 1e-5;
  private final Backend backend;
  private final int batch;
  private final int width;
  private final double lambda;
  private final Scratch scratch;
  private final Matrix standard0;
  private final Matrix standard1;
  private final Matrix inverse0;
  private final Matrix inverse1;
  private final Matrix correlation;

  /**
   * @param lambda weight of the redundancy, at least 0; 0.005 as usual
   */
  public BarlowTwins(Backend backend, int batch, int width, double lambda) {
    Require.othersInBatch("a correlation", batch);
    Require.notNegative("lambda", lambda);
    this.backend = backend;
    this.batch = batch;
    this.width = width;
    this.lambda = lambda;
    scratch = new Scratch(backend);
    standard0 = scratch.matrix(batch, width);
    standard1 = scratch.matrix(batch, width);
    inverse0 = scratch.matrix(1, width);
    inverse1 = scratch.matrix(1, width);
    correlation = scratch.matrix(width, width);
  }

  @Override
  public String name() {
    return "barlow-twins";
  }

  @Override
  public Set<Role> reads() {
    return Roles.EMBEDDINGS;
  }

  @Override
  public Set<Role> gives() {
    return Roles.EMBEDDINGS;
  }

  @Override
  public ContrastStatistics evaluate(Tensors tensors, double temperature) {
    Matrix gradient0 = tensors.gradient(Role.EMBEDDING0);
    Matrix gradient1 = tensors.gradient(Role.EMBEDDING1);
    backend.layers().standardise(tensors.value(Role.EMBEDDING0), EPSILON, standard0, inverse0);
    backend.layers().standardise(tensors.value(Role.EMBEDDING1), EPSILON, standard1, inverse1);
    double share = 1.0 / batch;
    backend.gemm(Op.TRANSPOSE, Op.NONE, share, standard0, standard1, 0, correlation);
    double loss = backend.objectives().redundancy(correlation, lambda);
    backend.gemm(Op.NONE, Op.TRANSPOSE, share, standard1, correlation, 0, gradient0);
    backend.gemm(Op.NONE, Op.NONE, share, standard0, correlation, 0, gradient1);
    backend.layers().standardiseBackward(standard0, inverse0, gradient0);
    backend.layers().standardiseBackward(standard1, inverse1, gradient1);
    return ContrastStatistics.ofLoss(loss);
  }

  /** With no correlation anywhere; also that of a constant embedding. */
  @Override
  public double chance(double temperature) {
    return width;
  }

  /** Squares. */
  @Override
  public double lowerBound() {
    return 0;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
