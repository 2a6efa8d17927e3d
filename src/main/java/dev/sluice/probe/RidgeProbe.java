package dev.sluice.probe;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.Purpose;
import dev.sluice.compute.RidgeRegression;
import dev.sluice.compute.Statistics;
import dev.sluice.data.AnchorSource;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a linear read-out makes of the representation: ridge regression (0.01, standardised
 * features) from f(x) to y = w* . z for one random w* ~ N(0, I), trained on 1,024 samples and
 * tested on 2,048 that training never meets, un-augmented. The samples are drawn when it first
 * measures and kept.
 */
final class RidgeProbe implements LayerProbe {
  private static final int TRAINING = 1024;
  private static final int TEST = 2048;
  private static final double RIDGE = 0.01;
  private static final String KIND = "ridge";
  private static final List<String> PROBE = List.of("probe");

  private static final MetricSpec ACCURACY =
      MetricSpec.gauge(
          "probe_accuracy_ratio",
          "ratio",
          "Share of test samples with a feature in them whose target's sign a linear probe of the"
              + " representation finds, 0 to 1; 0.5 is chance, higher is better.",
          Source.WEN_LI,
          PROBE);

  private static final MetricSpec R2 =
      MetricSpec.gauge(
          "probe_r2",
          "ratio",
          "Share of the target's variance over test samples that a linear probe of the"
              + " representation explains, at most 1, higher is better, may be negative.",
          Source.WEN_LI,
          PROBE);

  private final AnchorSource source;
  private final long seed;
  private @Nullable Samples training;
  private @Nullable Samples test;

  /**
   * @param source with known dictionary
   * @param seed of the run, which the direction w* is drawn from
   */
  RidgeProbe(AnchorSource source, long seed) {
    this.source = source;
    this.seed = seed;
  }

  /** Samples of the probe's own on the run's backend. */
  private static final class Samples {
    private final Matrix anchors;
    private final double[] latents;

    Samples(Backend backend, AnchorSource source, long step, int rows, int features) {
      float[] drawn = new float[rows * source.inputs()];
      float[] codes = new float[rows * features];
      source.draw(step, 0, rows, drawn, null, codes);
      anchors = backend.allocate(rows, source.inputs());
      backend.upload(drawn, 0, anchors, 0, rows);
      latents = new double[codes.length];
      for (int i = 0; i < codes.length; i++) {
        latents[i] = codes[i];
      }
    }

    double[] responses(LayerEvaluation evaluation) {
      return evaluation.softThreshold(evaluation.preactivationsOf(anchors));
    }
  }

  @Override
  public String name() {
    return "ridge";
  }

  @Override
  public List<Series> series() {
    return List.of(ACCURACY.with(KIND), R2.with(KIND));
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GROUND_TRUTH);
  }

  @Override
  public Set<EvaluationProduct> products() {
    return Set.of();
  }

  @Override
  public int basePeriod() {
    return 250;
  }

  /** W x of its samples, the Gram matrix of the training features and its factor. */
  @Override
  public double flops(ProbeShape shape) {
    double m = shape.neurons();
    return 2.0 * (TRAINING + TEST) * shape.inputs() * m + TRAINING * m * m + m * m * m / 3;
  }

  @Override
  public void measure(LayerEvaluation evaluation, Readings readings) {
    int features = evaluation.features();
    if (training == null) {
      training =
          new Samples(
              evaluation.backend(), source, AnchorSource.PROBE_TRAINING, TRAINING, features);
    }
    if (test == null) {
      test = new Samples(evaluation.backend(), source, AnchorSource.PROBE_TEST, TEST, features);
    }
    CounterStream stream = new CounterStream(seed, Purpose.PROBE_DIRECTION, 0);
    double[] direction = new double[features];
    for (int j = 0; j < features; j++) {
      direction[j] = stream.gaussian(j);
    }
    Score score =
        score(
            training.responses(evaluation),
            training.latents,
            test.responses(evaluation),
            test.latents,
            direction,
            evaluation.neurons(),
            RIDGE);
    readings.set(0, score.accuracy());
    readings.set(1, score.r2());
  }

  /**
   * How well a probe does.
   *
   * @param accuracy of the sign, over samples with z != 0, in [0, 1]
   * @param r2 over all samples, at most 1
   */
  record Score(double accuracy, double r2) {}

  /** Trains on one set of responses (n x m) with latents (n x d) and tests on another. */
  static Score score(
      double[] responses,
      double[] latents,
      double[] testResponses,
      double[] testLatents,
      double[] direction,
      int neurons,
      double ridge) {
    RidgeRegression regression =
        new RidgeRegression(responses, targets(latents, direction), neurons, ridge);
    double[] predictions = regression.predict(testResponses);
    double[] truth = targets(testLatents, direction);
    return new Score(accuracy(predictions, truth, testLatents), r2(predictions, truth));
  }

  private static double[] targets(double[] latents, double[] direction) {
    int d = direction.length;
    double[] targets = new double[latents.length / d];
    for (int p = 0; p < targets.length; p++) {
      targets[p] = Statistics.dot(latents, p * d, direction, 0, d);
    }
    return targets;
  }

  /** 0 where no sample has a feature, NaN where a prediction is. */
  private static double accuracy(double[] predictions, double[] truth, double[] latents) {
    int d = latents.length / truth.length;
    double asked = 0;
    double right = 0;
    for (int p = 0; p < truth.length; p++) {
      if (Statistics.dot(latents, p * d, latents, p * d, d) != 0) {
        if (Double.isNaN(predictions[p])) {
          return Double.NaN;
        }
        asked++;
        right += Math.signum(predictions[p]) == Math.signum(truth[p]) ? 1 : 0;
      }
    }
    return asked == 0 ? 0 : right / asked;
  }

  /** 0 where the target does not vary, so that there is nothing to explain. */
  private static double r2(double[] predictions, double[] truth) {
    double mean = Statistics.mean(truth);
    double residual = 0;
    double total = 0;
    for (int p = 0; p < truth.length; p++) {
      residual += (truth[p] - predictions[p]) * (truth[p] - predictions[p]);
      total += (truth[p] - mean) * (truth[p] - mean);
    }
    return total == 0 ? 0 : 1 - residual / total;
  }

  @Override
  public void close() {
    if (training != null) {
      training.anchors.close();
      training = null;
    }
    if (test != null) {
      test.anchors.close();
      test = null;
    }
  }
}
