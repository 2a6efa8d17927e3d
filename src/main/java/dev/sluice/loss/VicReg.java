package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import java.util.Set;

/**
 * Variance, invariance and covariance: with a and b the embeddings of the views, shape (B, d), Var
 * and Cov unbiased over the batch,
 *
 * <pre>
 * L = invariance mean (a - b)^2
 *   + variance   [h(a) + h(b)] / 2,   h(z) = mean_j max(0, 1 - sqrt(Var_j + 1e-4))
 *   + covariance [c(a) + c(b)],       c(z) = sum_{i != j} Cov_ij^2 / d</pre>
 *
 * lower is better. The first mean is over all B d entries.
 *
 * <p>Source: Bardes et al. 2022 (VICReg), with the factors of its program.
 */
public final class VicReg implements Objective {
  private static final double EPSILON = 1e-4;

  /** The factors of the terms, at least 0 each. */
  public record Weights(double invariance, double variance, double covariance) {
    /** 25, 25 and 1, as usual. */
    public static final Weights USUAL = new Weights(25, 25, 1);

    public Weights {
      Require.notNegative("the weight of the invariance", invariance);
      Require.notNegative("the weight of the variance", variance);
      Require.notNegative("the weight of the covariance", covariance);
    }
  }

  private final Backend backend;
  private final Weights weights;
  private final int batch;
  private final int width;
  private final Scratch scratch;
  private final Matrix centred;
  private final Matrix crossed;

  public VicReg(Backend backend, int batch, int width, Weights weights) {
    Require.othersInBatch("a variance", batch);
    this.backend = backend;
    this.weights = weights;
    this.batch = batch;
    this.width = width;
    scratch = new Scratch(backend);
    centred = scratch.matrix(batch, width);
    crossed = scratch.matrix(width, width);
  }

  @Override
  public String name() {
    return "vicreg";
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
    Matrix a = tensors.value(Role.EMBEDDING0);
    Matrix b = tensors.value(Role.EMBEDDING1);
    Matrix gradientA = tensors.gradient(Role.EMBEDDING0);
    Matrix gradientB = tensors.gradient(Role.EMBEDDING1);
    double mean = weights.invariance / ((double) batch * width);
    backend.updates().blend(2 * mean, a, 0, gradientA);
    backend.updates().blend(-2 * mean, b, 1, gradientA);
    backend.updates().blend(-1, gradientA, 0, gradientB);
    double loss = mean * backend.objectives().squaredDistance(a, b);
    return ContrastStatistics.ofLoss(loss + spread(a, gradientA) + spread(b, gradientB));
  }

  /** What a view adds by itself to the loss, and to its gradient. */
  private double spread(Matrix z, Matrix gradient) {
    double half = weights.variance / 2;
    double hinge = backend.objectives().varianceHinge(z, EPSILON, half, gradient);
    backend.objectives().centreColumns(z, centred);
    backend.gemm(Op.TRANSPOSE, Op.NONE, 1 / (batch - 1.0), centred, centred, 0, crossed);
    backend.objectives().clearDiagonal(crossed);
    // that of the centring is 0: the columns of this product already have mean 0
    double slope = 4 * weights.covariance / (width * (batch - 1.0));
    backend.gemm(Op.NONE, Op.NONE, slope, centred, crossed, 1, gradient);
    return half * hinge + weights.covariance * backend.objectives().squaredNorm(crossed) / width;
  }

  /** Of a constant embedding. */
  @Override
  public double chance(double temperature) {
    return weights.variance * (1 - Math.sqrt(EPSILON));
  }

  /** Squares and hinges. */
  @Override
  public double lowerBound() {
    return 0;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
