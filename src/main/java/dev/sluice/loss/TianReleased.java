package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ObjectiveKernels;
import dev.sluice.compute.UpdateKernels;
import dev.sluice.event.StepReport;
import java.util.Set;

/**
 * The loss of the released programs of Tian et al. 2020: one negative an anchor, distances averaged
 * over the batch before they are contrasted, and no logarithm:
 *
 * <pre>L = -exp(-p / tau) / (exp(-p / tau) + exp(-q / tau))</pre>
 *
 * with p the mean of {@code (f - f+)^2} over all B d entries and q that of {@code (f - f-)^2}.
 * Between -1 and 0, lower is better. f, f+ and f- are the embeddings of the views and the
 * negatives, shape (B, d) each; all three have a gradient.
 */
public final class TianReleased implements Objective {
  private final ObjectiveKernels objectives;
  private final UpdateKernels updates;

  public TianReleased(Backend backend) {
    objectives = backend.objectives();
    updates = backend.updates();
  }

  @Override
  public String name() {
    return "tian-released";
  }

  @Override
  public Set<Role> reads() {
    return Roles.TRIPLES;
  }

  @Override
  public Set<Role> gives() {
    return Roles.TRIPLES;
  }

  /** The probability is that of the positives as a whole. */
  @Override
  public ContrastStatistics evaluate(Tensors tensors, double temperature) {
    Matrix f = tensors.value(Role.EMBEDDING0);
    Matrix near = tensors.value(Role.EMBEDDING1);
    Matrix far = tensors.value(Role.NEGATIVE);
    double entries = (double) f.rows() * f.columns();
    double p = objectives.squaredDistance(f, near) / entries;
    double q = objectives.squaredDistance(f, far) / entries;
    double share = 1 / (1 + Math.exp((p - q) / temperature));
    double other = 1 / (1 + Math.exp((q - p) / temperature));
    double slope = 2 * share * other / (temperature * entries);
    difference(slope, near, f, tensors.gradient(Role.EMBEDDING1));
    difference(slope, f, far, tensors.gradient(Role.NEGATIVE));
    difference(slope, far, near, tensors.gradient(Role.EMBEDDING0));
    return new ContrastStatistics(-share, share, StepReport.ABSENT);
  }

  private void difference(double factor, Matrix a, Matrix b, Matrix target) {
    updates.blend(factor, a, 0, target);
    updates.blend(-factor, b, 1, target);
  }

  /** With equal distances. */
  @Override
  public double chance(double temperature) {
    return -0.5;
  }

  /** A probability, negated. */
  @Override
  public double lowerBound() {
    return -1;
  }

  @Override
  public void close() {
    // nothing is kept
  }
}
