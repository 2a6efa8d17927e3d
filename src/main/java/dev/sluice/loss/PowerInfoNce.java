package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import java.util.Set;

/**
 * InfoNCE with a power of the Lp distance in place of the similarity, {@code d(a, b) = sum_k |a_k -
 * b_k|^p}, and the other anchors as negatives:
 *
 * <pre>
 * L = mean_i [ d(a_i, b_i) / tau + logsumexp({-d(a_i, a_j) / tau over all j}, -d(a_i, b_i) / tau) ]
 * </pre>
 *
 * in nats, lower is better. The anchor itself is among its negatives, a constant 1 in the sum.
 * Embeddings have shape (B, d). Fast for p = 1 and p = 2.
 *
 * <p>Source: Zimmermann et al. 2021, for latents in a box; as in their program.
 */
public final class PowerInfoNce implements Objective {
  private final Backend backend;
  private final int batch;
  private final int power;

  /**
   * @param power p, at least 1: below it the gradient is infinite where two coordinates are equal
   */
  public PowerInfoNce(Backend backend, int batch, int power) {
    Require.othersInBatch("Lp InfoNCE", batch);
    Require.positive("the power", power);
    this.backend = backend;
    this.batch = batch;
    this.power = power;
  }

  @Override
  public String name() {
    return "infonce-l" + power;
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
    return backend
        .objectives()
        .powerContrast(
            tensors.value(Role.EMBEDDING0),
            tensors.value(Role.EMBEDDING1),
            power,
            temperature,
            tensors.gradient(Role.EMBEDDING0),
            tensors.gradient(Role.EMBEDDING1));
  }

  /** With all distances 0. */
  @Override
  public double chance(double temperature) {
    return Math.log(batch + 1.0);
  }

  /** The anchor itself weighs as much as the nearest positive can. */
  @Override
  public double lowerBound() {
    return Math.log(2);
  }

  @Override
  public void close() {
    // the kernel needs nothing from here
  }
}
