package dev.sluice.newcomer;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.loss.Objective;
import dev.sluice.loss.Role;
import dev.sluice.loss.Tensors;
import java.util.EnumSet;
import java.util.Set;

/** A loss that wants both views of a sample at one place, and nothing else. */
final class Attraction implements Objective {
  private static final Set<Role> BOTH = EnumSet.of(Role.EMBEDDING0, Role.EMBEDDING1);

  private final Backend backend;

  Attraction(Backend backend) {
    this.backend = backend;
  }

  @Override
  public String name() {
    return "attraction";
  }

  @Override
  public Set<Role> reads() {
    return BOTH;
  }

  @Override
  public Set<Role> gives() {
    return BOTH;
  }

  @Override
  public ContrastStatistics evaluate(Tensors tensors, double temperature) {
    var a = tensors.value(Role.EMBEDDING0);
    var b = tensors.value(Role.EMBEDDING1);
    double share = 1.0 / a.rows();
    backend.updates().blend(2 * share, a, 0, tensors.gradient(Role.EMBEDDING0));
    backend.updates().blend(-2 * share, b, 1, tensors.gradient(Role.EMBEDDING0));
    backend
        .updates()
        .blend(-1, tensors.gradient(Role.EMBEDDING0), 0, tensors.gradient(Role.EMBEDDING1));
    return ContrastStatistics.ofLoss(share * backend.objectives().squaredDistance(a, b));
  }

  @Override
  public double lowerBound() {
    return 0;
  }

  @Override
  public void close() {}
}
