package dev.sluice.probe;

import dev.sluice.compute.EmbeddingMoments;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;

/**
 * Spread and size of the embeddings, and how near those of a positive pair are: what complete
 * collapse shows in first. u is f / |f|, and zero for f = 0.
 */
final class EmbeddingProbe implements StepProbe {
  private static final double EPSILON = 0x1.0p-52;

  static final MetricSpec COSINE =
      MetricSpec.gauge(
          "embedding_cosine",
          "ratio",
          "Mean cosine of the embeddings of a pair, -1 to 1: of positives higher is better, of"
              + " negatives 0 is healthy and 1 is collapse.",
          Source.WANG_ISOLA,
          List.of(Label.LAYER, "pair"));

  private static final MetricSpec STD =
      MetricSpec.gauge(
          "embedding_std_ratio",
          "ratio",
          "Spread: sqrt(m) times the mean over dimensions of the population deviation of unit embeddings of"
              + " anchors, 0 to 1; near 1 when isotropic, 0 is complete collapse.",
          Source.SIM_SIAM,
          Label.OF_LAYER);

  private static final MetricSpec NORM =
      MetricSpec.gauge(
          "embedding_norm",
          "1",
          "Euclidean norm of the embeddings of anchors, mean and largest, at least 0; falling to"
              + " nothing is collapse.",
          Source.DEFINITION,
          Label.OF_LAYER_AND_STAT);

  private static final MetricSpec ALIGNMENT =
      MetricSpec.gauge(
          "embedding_alignment",
          "1",
          "Mean squared distance of the unit embeddings of positive pairs, 0 to 4; lower is better,"
              + " but 0 also when collapsed.",
          Source.WANG_ISOLA,
          Label.OF_LAYER);

  private static final MetricSpec DIMENSIONS =
      MetricSpec.gauge(
          "embedding_dimensions",
          "dimensions",
          "Width m of the embedding, what ranks are out of.",
          Source.DEFINITION,
          Label.OF_LAYER);

  private static final MetricSpec SAMPLES =
      MetricSpec.gauge(
          "embedding_samples",
          "samples",
          "Anchors behind the every-step measures of sparsity, zero output, std ratio and norm: the whole batch where the"
              + " views average to the anchor, else the probe rows, max(16, B/16).",
          Source.DEFINITION,
          Label.OF_LAYER);

  @Override
  public String name() {
    return "embedding";
  }

  @Override
  public List<Series> series() {
    return List.of(
        STD.with(Label.ENCODER),
        NORM.with(Label.ENCODER, "mean"),
        NORM.with(Label.ENCODER, "max"),
        COSINE.with(Label.ENCODER, "positive"),
        ALIGNMENT.with(Label.ENCODER),
        DIMENSIONS.with(Label.ENCODER),
        SAMPLES.with(Label.ENCODER));
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  /** Six passes over the anchors' rows and ten over those of the views. */
  @Override
  public double flops(ProbeShape shape) {
    return 16.0 * shape.batch() * shape.neurons();
  }

  @Override
  public void measure(StepObservation step, Readings readings) {
    EmbeddingMoments anchors = step.anchorMoments;
    readings.set(0, stdRatio(anchors));
    readings.set(1, anchors.normSum / anchors.samples);
    readings.set(2, anchors.samples == 0 ? Double.NaN : anchors.normMax);
    readings.set(3, step.pairMoments.cosineSum / step.pairMoments.samples);
    readings.set(4, step.pairMoments.squaredDistanceSum / step.pairMoments.samples);
    readings.set(5, step.neurons());
    readings.set(6, anchors.samples);
  }

  private static double stdRatio(EmbeddingMoments moments) {
    int m = moments.unitSum.length;
    double n = moments.samples;
    double sum = 0;
    for (int i = 0; i < m; i++) {
      double mean = moments.unitSum[i] / n;
      double square = moments.unitSquareSum[i] / n;
      double variance = square - mean * mean;
      // below this the difference is the sums' own rounding: the dimension does not vary
      sum += variance <= n * EPSILON * square ? 0 : Math.sqrt(variance);
    }
    return Math.sqrt(m) * sum / m;
  }
}
