package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Backend.Op;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import java.util.Set;

/**
 * Contrast of the directions of both views of a batch, each of the 2B anchors with all others. With
 * {@code s_ia} the cosine over tau, P(i) the others of i's label and the softmax over all others of
 * i:
 *
 * <pre>
 * outside: L = mean_i -1/|P(i)| sum_{p in P(i)} log softmax_i(p)
 * inside:  L = mean_i -log 1/|P(i)| sum_{p in P(i)} softmax_i(p)</pre>
 *
 * in nats, lower is better; inside is never above outside. With every sample a class of its own
 * both are NT-Xent. Gradients are those of the embeddings themselves, shape (B, d).
 *
 * <p>Source: Khosla et al. 2020 (SupCon); Chen et al. 2020 (SimCLR) for NT-Xent.
 */
public final class SupCon implements Objective {
  /** Which samples are positives, and whether their mean is outside of the logarithm. */
  public enum Form {
    OUTSIDE("supcon-out"),
    INSIDE("supcon-in"),
    /** NT-Xent: the only positive is the other view; labels are not read. */
    IDENTITY("nt-xent");

    private final String title;

    Form(String title) {
      this.title = title;
    }
  }

  private final Backend backend;
  private final Form form;
  private final int batch;
  private final int[] labels;
  private final Scratch scratch;
  private final Matrix stacked;
  private final Matrix similarity;
  private final Matrix gradient;
  private final UnitRows directions;

  public SupCon(Backend backend, Form form, int batch, int width) {
    Require.othersInBatch(form.title, batch);
    this.backend = backend;
    this.form = form;
    this.batch = batch;
    scratch = new Scratch(backend);
    stacked = scratch.matrix(2 * batch, width);
    gradient = scratch.matrix(2 * batch, width);
    similarity = scratch.matrix(2 * batch, 2 * batch);
    directions = new UnitRows(backend, scratch, 2 * batch, width);
    labels = new int[2 * batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i;
      labels[batch + i] = i;
    }
  }

  @Override
  public String name() {
    return form.title;
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
    if (form != Form.IDENTITY) {
      takeLabels(tensors.labels());
    }
    return evaluate(tensors, temperature, labels);
  }

  /**
   * @param rowLabels of the first views and behind them of the second ones, length 2B
   */
  ContrastStatistics evaluate(Tensors tensors, double temperature, int[] rowLabels) {
    backend
        .objectives()
        .stack(tensors.value(Role.EMBEDDING0), tensors.value(Role.EMBEDDING1), stacked);
    Matrix unit = directions.forward(stacked);
    backend.gemm(Op.NONE, Op.TRANSPOSE, 1 / temperature, unit, unit, 0, similarity);
    ContrastStatistics statistics =
        backend.objectives().contrastLabelled(similarity, rowLabels, form == Form.INSIDE);
    // every direction is an anchor in its row and a candidate in its column
    backend.gemm(Op.NONE, Op.NONE, 1 / temperature, similarity, unit, 0, gradient);
    backend.gemm(Op.TRANSPOSE, Op.NONE, 1 / temperature, similarity, unit, 1, gradient);
    directions.backward(stacked, gradient);
    backend
        .objectives()
        .split(gradient, tensors.gradient(Role.EMBEDDING0), tensors.gradient(Role.EMBEDDING1));
    return statistics;
  }

  private void takeLabels(int[] given) {
    if (given.length != batch) {
      throw new IllegalArgumentException(
          form.title + " needs " + batch + " labels, given " + given.length);
    }
    System.arraycopy(given, 0, labels, 0, batch);
    System.arraycopy(given, 0, labels, batch, batch);
  }

  @Override
  public double chance(double temperature) {
    return Math.log(2.0 * batch - 1);
  }

  /** The positives share a mass of 1, so that the mean of it cannot exceed 1. */
  @Override
  public double lowerBound() {
    return 0;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
