package dev.sluice.probe;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Orientation selectivity and spectral spread of the neurons' filters on images, from one Fourier
 * transform each: medians over the neurons.
 *
 * <p>With P the power at frequency f of radius r and angle theta, in cycles a pixel: orientation
 * selectivity is |sum P exp(2 i theta)| / sum P over 0.03 < r <= 0.5 of the transform padded to
 * twice the side; spectral spread is 1 / (p^2 sum Q^2) with Q the power of the unpadded transform,
 * divided by its sum.
 */
final class FilterSpectrum implements LayerProbe {
  private static final double LOWEST_RADIUS = 0.03;

  private static final MetricSpec ORIENTATION =
      MetricSpec.gauge(
          "filter_orientation_selectivity",
          "ratio",
          "How much of the power of a filter's spectrum has one orientation, median over neurons, 0"
              + " to 1; about 0.1 for noise, 1 for a grating, higher is better on photos",
          "orientation selectivity: length of the power-weighted mean of exp(2 i angle) over spatial"
              + " frequencies above 0.03 and up to 0.5 cycles a pixel");

  private static final MetricSpec SPREAD =
      MetricSpec.gauge(
          "filter_spectral_spread",
          "ratio",
          "Share of the spatial frequencies that a filter's power spreads over, median over neurons,"
              + " 0 to 1; about 0.5 for noise, 0.03 for a grating, lower is better on photos",
          "spectral spread: participation ratio of the power spectrum");

  private @Nullable PowerSpectrum spectrum;

  @Override
  public String name() {
    return "filter-spectrum";
  }

  @Override
  public List<Series> series() {
    return List.of(ORIENTATION.with(), SPREAD.with());
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.IMAGES);
  }

  @Override
  public Set<EvaluationProduct> products() {
    return Set.of();
  }

  /** A transform a neuron, and some ten a frequency. */
  @Override
  public double flops(ProbeShape shape) {
    double side = shape.tileSide();
    return shape.neurons() * (PowerSpectrum.flops(shape.tileSide()) + 10 * 2 * side * (side + 1));
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    PowerSpectrum transform = spectrum;
    if (transform == null) {
      transform = new PowerSpectrum(evaluation.tileSide());
      spectrum = transform;
    }
    PowerSpectrum power = transform;
    double[] weights = evaluation.weights();
    double[] spreads = new double[evaluation.neurons()];
    double orientation =
        Filters.median(
            evaluation,
            at -> {
              power.transform(weights, at);
              spreads[at / evaluation.inputs()] = spread(power);
              return orientation(power);
            });
    readings.set(0, orientation);
    readings.set(1, Filters.median(evaluation, at -> spreads[at / evaluation.inputs()]));
  }

  private static double orientation(PowerSpectrum spectrum) {
    int size = spectrum.size();
    double lowest = LOWEST_RADIUS * size * LOWEST_RADIUS * size;
    double highest = size * size / 4.0;
    double sum = 0;
    double cosine = 0;
    double sine = 0;
    for (int row = 0; row < size; row++) {
      double v = spectrum.frequency(row);
      for (int u = 0; u <= spectrum.lastColumn(); u++) {
        double square = u * u + v * v;
        if (square > lowest && square <= highest) {
          double power = spectrum.weight(u) * spectrum.power(row, u);
          // cos 2 theta = (u^2 - v^2) / r^2 and sin 2 theta = 2 u v / r^2
          sum += power;
          cosine += power * (u * u - v * v) / square;
          sine += power * 2 * u * v / square;
        }
      }
    }
    // no power at these frequencies is no orientation
    return sum == 0 ? 0 : Math.sqrt(cosine * cosine + sine * sine) / sum;
  }

  private static double spread(PowerSpectrum spectrum) {
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < spectrum.size(); row += 2) {
      for (int u = 0; u <= spectrum.lastColumn(); u += 2) {
        double power = spectrum.power(row, u);
        sum += spectrum.weight(u) * power;
        squares += spectrum.weight(u) * power * power;
      }
    }
    double side = spectrum.lastColumn();
    return sum * sum / squares / (side * side);
  }
}
