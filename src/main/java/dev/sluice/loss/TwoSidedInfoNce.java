package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import java.util.Locale;
import java.util.Set;

/**
 * InfoNCE from the first view to the second ones of the batch, with the gradient of both:
 *
 * <pre>L = mean_i [ logsumexp_j s_ij - s_ii ],  s_ij = a_i . b_j / tau</pre>
 *
 * in nats, lower is better; with directions in place of a and b where the similarity is the cosine.
 * Embeddings have shape (B, d).
 *
 * <p>Source: Zimmermann et al. 2021, for embeddings on the sphere; van den Oord et al. 2018.
 */
public final class TwoSidedInfoNce implements Objective {
  /** Of an anchor and a candidate. */
  public enum Similarity {
    DOT,
    COSINE
  }

  private final Backend backend;
  private final Similarity form;
  private final int batch;
  private final Scratch scratch;
  private final Matrix similarity;
  private final UnitRows[] directions;

  public TwoSidedInfoNce(Backend backend, Similarity form, int batch, int width) {
    Require.othersInBatch("InfoNCE", batch);
    this.backend = backend;
    this.form = form;
    this.batch = batch;
    scratch = new Scratch(backend);
    similarity = scratch.matrix(batch, batch);
    directions =
        switch (form) {
          case DOT -> new UnitRows[0];
          case COSINE ->
              new UnitRows[] {
                new UnitRows(backend, scratch, batch, width),
                new UnitRows(backend, scratch, batch, width)
              };
        };
  }

  @Override
  public String name() {
    return "infonce-" + form.name().toLowerCase(Locale.ROOT);
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
    if (form == Similarity.DOT) {
      return contrast(a, b, temperature, gradientA, gradientB);
    }
    Matrix unitA = directions[0].forward(a);
    Matrix unitB = directions[1].forward(b);
    ContrastStatistics statistics = contrast(unitA, unitB, temperature, gradientA, gradientB);
    directions[0].backward(a, gradientA);
    directions[1].backward(b, gradientB);
    return statistics;
  }

  private ContrastStatistics contrast(
      Matrix a, Matrix b, double temperature, Matrix gradientA, Matrix gradientB) {
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1 / temperature, a, b, 0, similarity);
    // with a temperature of 1 here the loss comes in nats
    ContrastStatistics statistics = backend.contrastInBatch(similarity, 1);
    backend.gemm(Op.NONE, Op.NONE, 1 / temperature, similarity, b, 0, gradientA);
    backend.gemm(Op.TRANSPOSE, Op.NONE, 1 / temperature, similarity, a, 0, gradientB);
    return statistics;
  }

  @Override
  public double chance(double temperature) {
    return Math.log(batch);
  }

  /** The positive is in the denominator. */
  @Override
  public double lowerBound() {
    return 0;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
