package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/**
 * Localisation of the neurons' filters on images: the largest share of a filter's energy that one
 * window of k x k of its p x p pixels holds, k = p / 2 - 1 but at least 1; median over the neurons.
 */
final class FilterWindow implements LayerProbe {
  private static final MetricSpec WINDOW =
      MetricSpec.gauge(
          "filter_window_energy_ratio",
          "ratio",
          "Largest share of a filter's energy in a square window of nearly half its side, median"
              + " over neurons, 0 to 1; about 0.27 for noise, higher is more localised",
          "window energy: best sum of squared weights in a square of side p/2 - 1, over all of"
              + " them");

  @Override
  public String name() {
    return "filter-window";
  }

  @Override
  public List<Series> series() {
    return List.of(WINDOW.with());
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.IMAGES);
  }

  @Override
  public Set<EvaluationProduct> products() {
    return Set.of();
  }

  /** Sums of all rectangles from a corner, then four of them a window. */
  @Override
  public double flops(ProbeShape shape) {
    return 8.0 * shape.neurons() * shape.tileSide() * shape.tileSide();
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    double[] weights = evaluation.weights();
    int side = evaluation.tileSide();
    double[] corner = new double[(side + 1) * (side + 1)];
    readings.set(0, Filters.median(evaluation, at -> bestShare(weights, at, side, corner)));
  }

  private static double bestShare(double[] weights, int at, int side, double[] corner) {
    int stride = side + 1;
    for (int y = 0; y < side; y++) {
      double row = 0;
      for (int x = 0; x < side; x++) {
        double weight = weights[at + y * side + x];
        row += weight * weight;
        corner[(y + 1) * stride + x + 1] = corner[y * stride + x + 1] + row;
      }
    }
    int window = Math.max(1, side / 2 - 1);
    double best = 0;
    for (int y = window; y <= side; y++) {
      for (int x = window; x <= side; x++) {
        double energy =
            corner[y * stride + x]
                - corner[(y - window) * stride + x]
                - corner[y * stride + x - window]
                + corner[(y - window) * stride + x - window];
        best = Math.max(best, energy);
      }
    }
    return best / corner[side * stride + side];
  }
}
