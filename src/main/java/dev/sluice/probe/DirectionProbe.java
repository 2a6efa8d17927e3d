package dev.sluice.probe;

import dev.sluice.compute.Statistics;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** How far the embedding of a subject moves along the learned direction as it ages. */
public final class DirectionProbe implements NetworkProbe {
  private static final MetricSpec COSINE =
      MetricSpec.gauge(
          "direction_cosine",
          "ratio",
          "Mean cosine of a subject's move between two times and the direction, -1 to 1, higher is better.",
          Source.LSSL);
  private static final MetricSpec AGE =
      MetricSpec.gauge(
          "age_correlation",
          "ratio",
          "Correlation of the embedding along the direction with the true age, -1 to 1, higher is better.",
          Source.LSSL);
  private static final MetricSpec ORDER =
      MetricSpec.gauge(
          "order_accuracy_ratio",
          "ratio",
          "Share of pairs whose later sample lies further along the direction, 0 to 1; 0.5 is chance.",
          Source.LSSL);
  private static final MetricSpec NUISANCE =
      MetricSpec.gauge(
          "nuisance_correlation",
          "ratio",
          "Largest magnitude of the correlation along the direction with place or brightness, 0 to 1, lower is better.",
          Source.LSSL);

  private final Supplier<double[]> direction;
  private final int age;
  private final int nuisance;
  private final int nuisanceCount;

  /**
   * @param direction as it stands; zeros where none is learned, which takes the mean move for it
   * @param age column of the age among the latents
   * @param nuisance first column of what the direction should not show
   * @param nuisanceCount columns of it
   */
  public DirectionProbe(Supplier<double[]> direction, int age, int nuisance, int nuisanceCount) {
    this.direction = direction;
    this.age = age;
    this.nuisance = nuisance;
    this.nuisanceCount = nuisanceCount;
  }

  @Override
  public String name() {
    return "direction";
  }

  @Override
  public List<Series> series() {
    return List.of(COSINE.with(), AGE.with(), ORDER.with(), NUISANCE.with());
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** Projections and correlations. */
  @Override
  public double flops(ProbeShape shape) {
    return 30.0 * shape.evaluation() * shape.neurons();
  }

  @Override
  public void measure(NetworkEvaluation evaluation, Readings readings) {
    double[] towards = direction.get();
    double[] z0 = evaluation.responses0();
    double[] z1 = evaluation.responses1();
    double[] latents = evaluation.latents();
    int count = evaluation.latentCount();
    double[] ages = Statistics.columns(latents, count, age, 1);
    double[] nuisances = Statistics.columns(latents, count, nuisance, nuisanceCount);
    if (Statistics.dot(towards, towards) == 0) {
      towards = meanMove(z0, z1, towards.length);
    }
    readings.setIfDefined(0, Progression.directionCosine(z0, z1, towards));
    readings.setIfDefined(1, Progression.ageCorrelation(z0, towards, ages));
    readings.setIfDefined(2, Progression.orderAccuracy(z0, z1, towards));
    readings.setIfDefined(
        3, Progression.nuisanceCorrelation(z0, towards, nuisances, nuisanceCount));
  }

  private static double[] meanMove(double[] z0, double[] z1, int d) {
    double[] move = new double[d];
    for (int i = 0; i < z0.length; i++) {
      move[i % d] += (z1[i] - z0[i]) * d / z0.length;
    }
    return move;
  }
}
