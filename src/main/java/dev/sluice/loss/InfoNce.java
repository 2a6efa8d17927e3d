package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.PairMoments;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * InfoNCE over a whole batch with un-normalised inner products and a stop-gradient on everything
 * but the first view:
 *
 * <pre>L = mean_p [ tau logsumexp_{q in {p} + N} (F0_p . F_q / tau) - F0_p . F1_p ]</pre>
 *
 * in nats times tau; lower is better; at least 0 with negatives, unbounded below without. Its value
 * is tau log(1 + |N|) when the representation carries nothing. The only gradient is dL/dF0. F0 and
 * F1 are the embeddings of the views, shape (B, m); raw negatives are those of {@link
 * Role#NEGATIVE}, shape (H, m), shared by the batch.
 *
 * <p>Source: Wen and Li 2021, their contrastive loss; the denominator here also holds the positive.
 */
public final class InfoNce implements Objective {
  private final Backend backend;
  private final Negatives negatives;
  private final int batch;
  private final @Nullable Matrix similarity;
  private final @Nullable Matrix positiveWeight;
  private final Scratch scratch;
  private final PairMoments pairs = new PairMoments();

  /**
   * @param batch B
   * @param rawNegatives H, read with {@link Negatives#RAW} only
   */
  public InfoNce(Backend backend, Negatives negatives, int batch, int rawNegatives) {
    if (negatives == Negatives.BATCH) {
      Require.othersInBatch("InfoNCE", batch);
    }
    this.backend = backend;
    this.negatives = negatives;
    this.batch = batch;
    scratch = new Scratch(backend);
    similarity =
        switch (negatives) {
          case BATCH -> scratch.matrix(batch, batch);
          case RAW -> scratch.matrix(batch, rawNegatives);
          case NONE -> null;
        };
    positiveWeight = negatives == Negatives.RAW ? scratch.matrix(batch, 1) : null;
  }

  @Override
  public String name() {
    return "infonce-" + negatives.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Set<Role> reads() {
    return negatives == Negatives.RAW ? Roles.TRIPLES : Roles.EMBEDDINGS;
  }

  @Override
  public Set<Role> gives() {
    return Roles.of(Role.EMBEDDING0);
  }

  @Override
  public double chance(double temperature) {
    if (similarity == null) {
      return Double.NaN;
    }
    int others = negatives == Negatives.BATCH ? batch - 1 : similarity.columns();
    return temperature * Math.log(1.0 + others);
  }

  /** The positive is in the denominator; without negatives inner products grow without end. */
  @Override
  public double lowerBound() {
    return similarity == null ? Double.NEGATIVE_INFINITY : 0;
  }

  @Override
  public ContrastStatistics evaluate(Tensors tensors, double temperature) {
    Matrix f0 = tensors.value(Role.EMBEDDING0);
    Matrix f1 = tensors.value(Role.EMBEDDING1);
    Matrix gradient0 = tensors.gradient(Role.EMBEDDING0);
    if (similarity == null) {
      return pullOnly(f0, f1, gradient0);
    }
    if (positiveWeight == null) {
      return inBatch(f0, f1, temperature, gradient0, similarity);
    }
    Matrix others = tensors.value(Role.NEGATIVE);
    return shared(f0, f1, others, temperature, gradient0, similarity, positiveWeight);
  }

  private ContrastStatistics inBatch(
      Matrix f0, Matrix f1, double temperature, Matrix gradient0, Matrix logits) {
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1 / temperature, f0, f1, 0, logits);
    ContrastStatistics statistics = backend.contrastInBatch(logits, temperature);
    backend.gemm(Op.NONE, Op.NONE, 1, logits, f1, 0, gradient0);
    return statistics;
  }

  private ContrastStatistics shared(
      Matrix f0,
      Matrix f1,
      Matrix others,
      double temperature,
      Matrix gradient0,
      Matrix logits,
      Matrix weight) {
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1 / temperature, f0, others, 0, logits);
    ContrastStatistics statistics = backend.contrastShared(logits, f0, f1, weight, temperature);
    backend.gemm(Op.NONE, Op.NONE, 1, logits, others, 0, gradient0);
    backend.addScaledRows(weight, 0, f1, gradient0);
    return statistics;
  }

  /**
   * Without negatives there is nothing to be told apart from: the probability of the positive is
   * reported as 0.
   */
  private ContrastStatistics pullOnly(Matrix f0, Matrix f1, Matrix gradient0) {
    backend.pairMoments(f0, f1, pairs);
    backend.updates().blend(-1.0 / batch, f1, 0, gradient0);
    return new ContrastStatistics(-pairs.dotSum / batch, 0, 0);
  }

  @Override
  public void close() {
    scratch.close();
  }
}
