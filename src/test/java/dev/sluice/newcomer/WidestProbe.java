package dev.sluice.newcomer;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import dev.sluice.probe.Need;
import dev.sluice.probe.NetworkEvaluation;
import dev.sluice.probe.NetworkProbe;
import dev.sluice.probe.ProbeShape;
import dev.sluice.probe.Readings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The largest magnitude of a coordinate of any embedding. */
final class WidestProbe implements NetworkProbe {
  static final Series WIDEST =
      MetricSpec.gauge("embedding_widest", "1", "Largest coordinate, at least 0.", "definition")
          .with();

  @Override
  public String name() {
    return "widest";
  }

  @Override
  public List<Series> series() {
    return List.of(WIDEST);
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public double flops(ProbeShape shape) {
    return (double) shape.evaluation() * shape.neurons();
  }

  @Override
  public void measure(NetworkEvaluation evaluation, Readings readings) {
    readings.set(0, Arrays.stream(evaluation.responses0()).map(Math::abs).max().orElse(0));
  }
}
