package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.ObjectiveKernels.Contrast;
import java.util.Locale;
import java.util.Set;

/**
 * A contrast of half squared distances: of an anchor to its positive (r) and to H negatives of its
 * own (r_k), with the gradient of all three, lower is better:
 *
 * <pre>
 * simple:  r - mean_k r_k
 * triplet: mean_k tau log(1 + exp((r - r_k + margin) / tau))
 * InfoNCE: -log[ exp(-r / tau) / (exp(-r / tau) + sum_k exp(-r_k / tau)) ]</pre>
 *
 * Anchor and positive are the embeddings of the views, shape (B, d); the negatives have shape (B H,
 * d).
 *
 * <p>Source: Tian et al. 2020, whose deep dual networks these losses are of.
 */
public final class Tian implements Objective {
  private final Backend backend;
  private final Contrast form;
  private final int negatives;
  private final double margin;

  /**
   * @param negatives H
   * @param margin read by the triplet only; in the unit of r
   */
  public Tian(Backend backend, Contrast form, int negatives, double margin) {
    if (negatives < 1) {
      throw new IllegalArgumentException(
          "an anchor needs at least one negative, given " + negatives);
    }
    this.backend = backend;
    this.form = form;
    this.negatives = negatives;
    this.margin = margin;
  }

  @Override
  public String name() {
    return "tian-" + form.name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  @Override
  public Set<Role> reads() {
    return Roles.TRIPLES;
  }

  @Override
  public Set<Role> gives() {
    return Roles.TRIPLES;
  }

  @Override
  public ContrastStatistics evaluate(Tensors tensors, double temperature) {
    return backend
        .objectives()
        .distanceContrast(
            form,
            tensors.value(Role.EMBEDDING0),
            tensors.value(Role.EMBEDDING1),
            tensors.value(Role.NEGATIVE),
            temperature,
            margin,
            tensors.gradient(Role.EMBEDDING0),
            tensors.gradient(Role.EMBEDDING1),
            tensors.gradient(Role.NEGATIVE));
  }

  /** With all distances equal. */
  @Override
  public double chance(double temperature) {
    return switch (form) {
      case SIMPLE -> 0;
      case TRIPLET -> temperature * Math.log1p(Math.exp(margin / temperature));
      case INFO_NCE -> Math.log(1.0 + negatives);
    };
  }

  /** Distances to negatives grow without end; the other forms are logarithms of at least 1. */
  @Override
  public double lowerBound() {
    return form == Contrast.SIMPLE ? Double.NEGATIVE_INFINITY : 0;
  }

  @Override
  public void close() {
    // the kernel needs nothing from here
  }
}
