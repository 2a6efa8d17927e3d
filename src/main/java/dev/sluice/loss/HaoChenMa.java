package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import java.util.Set;

/**
 * {@code L = mean_i |a_i - b_i|^2 + lambda |E - I|_F^2} with {@code E = (A'A + B'B) / (2 B)}, the
 * uncentred second moment of both views; lower is better. Embeddings have shape (B, k). With lambda
 * 1 it is the spectral contrastive loss plus k in the limit of large batches; of a batch the second
 * term is too large by an amount of order k^2 / B.
 *
 * <p>Source: HaoChen and Ma 2022, their L_lambda.
 */
public final class HaoChenMa implements Objective {
  private final Backend backend;
  private final int batch;
  private final double lambda;
  private final Scratch scratch;
  private final Matrix excess;

  /**
   * @param lambda weight of the second term, at least 0
   */
  public HaoChenMa(Backend backend, int batch, int width, double lambda) {
    Require.othersInBatch("the second moment", batch);
    Require.notNegative("lambda", lambda);
    this.backend = backend;
    this.batch = batch;
    this.lambda = lambda;
    scratch = new Scratch(backend);
    excess = scratch.matrix(width, width);
  }

  @Override
  public String name() {
    return "haochen-ma";
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
    backend.gemm(Op.TRANSPOSE, Op.NONE, 0.5 / batch, a, a, 0, excess);
    backend.gemm(Op.TRANSPOSE, Op.NONE, 0.5 / batch, b, b, 1, excess);
    backend.objectives().shiftDiagonal(excess, -1);
    double loss =
        backend.objectives().squaredDistance(a, b) / batch
            + lambda * backend.objectives().squaredNorm(excess);
    backend.updates().blend(2.0 / batch, a, 0, gradientA);
    backend.updates().blend(-2.0 / batch, b, 1, gradientA);
    backend.updates().blend(-1, gradientA, 0, gradientB);
    backend.gemm(Op.NONE, Op.NONE, 2 * lambda / batch, a, excess, 1, gradientA);
    backend.gemm(Op.NONE, Op.NONE, 2 * lambda / batch, b, excess, 1, gradientB);
    return ContrastStatistics.ofLoss(loss);
  }

  /** Two squares. */
  @Override
  public double lowerBound() {
    return 0;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
