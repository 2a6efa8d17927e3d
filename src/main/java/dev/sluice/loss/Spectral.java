package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import java.util.Set;

/**
 * Spectral contrastive loss, {@code L = -2 mean_i a_i . b_i + mean_ij (a_i . b_j)^2}, lower is
 * better. Embeddings have shape (B, k). The second mean is over {@code i != j} where it is unbiased
 * as an estimate of independent pairs, and over all where it is full.
 *
 * <p>Source: HaoChen et al. 2021; HaoChen and Ma 2022.
 */
public final class Spectral implements Objective {
  private final Backend backend;
  private final boolean unbiased;
  private final int batch;
  private final int width;
  private final Scratch scratch;
  private final Matrix similarity;

  public Spectral(Backend backend, boolean unbiased, int batch, int width) {
    Require.othersInBatch("the spectral loss", batch);
    this.backend = backend;
    this.unbiased = unbiased;
    this.batch = batch;
    this.width = width;
    scratch = new Scratch(backend);
    similarity = scratch.matrix(batch, batch);
  }

  @Override
  public String name() {
    return unbiased ? "spectral-unbiased" : "spectral-full";
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
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1, a, b, 0, similarity);
    if (unbiased) {
      backend.objectives().clearDiagonal(similarity);
    }
    double pairs = unbiased ? batch * (batch - 1.0) : (double) batch * batch;
    double loss =
        -2 * backend.objectives().dot(a, b) / batch
            + backend.objectives().squaredNorm(similarity) / pairs;
    backend.updates().blend(-2.0 / batch, b, 0, gradientA);
    backend.updates().blend(-2.0 / batch, a, 0, gradientB);
    backend.gemm(Op.NONE, Op.NONE, 2 / pairs, similarity, b, 1, gradientA);
    backend.gemm(Op.TRANSPOSE, Op.NONE, 2 / pairs, similarity, a, 1, gradientB);
    return ContrastStatistics.ofLoss(loss);
  }

  /**
   * One sample alone can grow without end where the diagonal is left out. In full, {@code S = A B'}
   * has at most min(B, k) singular values, each worth at least -1.
   */
  @Override
  public double lowerBound() {
    return unbiased ? Double.NEGATIVE_INFINITY : -Math.min(batch, width);
  }

  @Override
  public void close() {
    scratch.close();
  }
}
