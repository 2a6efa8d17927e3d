package dev.sluice.loss;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.Matrix;
import java.util.Set;

/**
 * What a decoder misses of both views: {@code L = mean (r0 - x0)^2 + mean (r1 - x1)^2}, means over
 * all B d1 entries; lower is better. The views themselves have no gradient.
 */
public final class Reconstruction implements Objective {
  private final Backend backend;

  public Reconstruction(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "reconstruction";
  }

  @Override
  public Set<Role> reads() {
    return Roles.of(Role.VIEW0, Role.VIEW1, Role.RECONSTRUCTION0, Role.RECONSTRUCTION1);
  }

  @Override
  public Set<Role> gives() {
    return Roles.of(Role.RECONSTRUCTION0, Role.RECONSTRUCTION1);
  }

  @Override
  public ContrastStatistics evaluate(Tensors tensors, double temperature) {
    return ContrastStatistics.ofLoss(
        error(tensors, Role.VIEW0, Role.RECONSTRUCTION0)
            + error(tensors, Role.VIEW1, Role.RECONSTRUCTION1));
  }

  private double error(Tensors tensors, Role view, Role reconstruction) {
    Matrix x = tensors.value(view);
    Matrix r = tensors.value(reconstruction);
    Matrix gradient = tensors.gradient(reconstruction);
    double entries = (double) x.rows() * x.columns();
    backend.updates().blend(2 / entries, r, 0, gradient);
    backend.updates().blend(-2 / entries, x, 1, gradient);
    return backend.objectives().squaredDistance(r, x) / entries;
  }

  /** Squares. */
  @Override
  public double lowerBound() {
    return 0;
  }

  @Override
  public void close() {
    // nothing is kept
  }
}
