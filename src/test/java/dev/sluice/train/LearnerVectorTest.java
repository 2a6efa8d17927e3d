package dev.sluice.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.augment.BatchShape;
import dev.sluice.augment.PairBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.ContrastStatistics;
import dev.sluice.compute.CpuBackend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.event.Knob;
import dev.sluice.event.KnobValues;
import dev.sluice.loss.InfoNce;
import dev.sluice.loss.Negatives;
import dev.sluice.model.SoftThresholdEncoder;
import dev.sluice.optim.ThresholdSchedule;
import dev.sluice.optim.ThresholdSchedule.Growth;
import dev.sluice.vectors.WenLiVector;
import dev.sluice.vectors.WenLiVectors;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Responses, loss, gradient and updated weights of every learner vector, and the schedule and
 * pieces of the rest.
 */
class LearnerVectorTest {
  private static final double EXACT = 1e-9;
  private static final double SINGLE = 2e-5;
  private static final KnobValues NO_CAP = new KnobValues(Map.of(Knob.THRESHOLD_CAP, 0.0));

  static Stream<WenLiVector> learners() {
    return WenLiVectors.learners().stream();
  }

  static Stream<WenLiVector> schedules() {
    return WenLiVectors.pieces().stream().filter(vector -> vector.root().has("bias_schedule"));
  }

  @ParameterizedTest
  @MethodSource("learners")
  @DisplayName("the float64 reference matches to 1e-9")
  void reference(WenLiVector vector) {
    hold(vector, new ReferenceBackend(), EXACT, EXACT);
  }

  @ParameterizedTest
  @MethodSource("learners")
  @DisplayName("float32 matches to 2e-5 of each tensor's largest magnitude")
  void cpu(WenLiVector vector) {
    hold(vector, new CpuBackend(), 0, SINGLE);
  }

  @ParameterizedTest
  @MethodSource("learners")
  @DisplayName("the gradient is that of central differences of the loss")
  void gradient_isThatOfTheLoss(WenLiVector vector) {
    double[] weights = vector.input("W");
    try (Bench bench = new Bench(vector, new ReferenceBackend())) {
      bench.step();
      double[] gradient = bench.backend.download(bench.layer.encoder().weight().gradient());
      double[] frozen = bench.backend.download(bench.layer.tape1().output());
      double h = 1e-6;
      double[] differences = new double[weights.length];
      for (int i = 0; i < weights.length; i++) {
        double[] moved = weights.clone();
        moved[i] = weights[i] + h;
        double above = bench.lossOfFirstViews(moved, frozen);
        moved[i] = weights[i] - h;
        differences[i] = (above - bench.lossOfFirstViews(moved, frozen)) / (2 * h);
      }
      assertClose("gradient", gradient, differences, 1e-7, 1e-7);
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void thresholds_followTheSchedule(WenLiVector vector) {
    JsonNode piece = vector.root().get("bias_schedule");
    followSchedule(piece, Growth.CAPPED, "expect_b_capped");
    followSchedule(piece, Growth.UNCAPPED, "expect_b_uncapped");
  }

  private static void followSchedule(JsonNode piece, Growth growth, String expectation) {
    ThresholdSchedule schedule =
        new ThresholdSchedule(
            new ThresholdSchedule.Settings(
                growth,
                piece.get("t1").asLong(),
                piece.get("beta0").asDouble(),
                piece.get("rate").asDouble(),
                0,
                1),
            piece.get("norms").get(0).size());
    JsonNode expected = piece.get(expectation);
    assertThat(expected.size()).isPositive();
    for (int update = 0; update < expected.size(); update++) {
      schedule.advance(
          WenLiVector.values(piece.get("norms").get(update + 1)), piece.get("cap").asDouble());
      assertClose(
          growth + " after update " + (update + 1),
          schedule.thresholds(),
          WenLiVector.values(expected.get(update)),
          EXACT,
          0);
    }
  }

  private static void hold(WenLiVector vector, Backend backend, double absolute, double relative) {
    JsonNode expect = vector.expect();
    try (Bench bench = new Bench(vector, backend)) {
      ContrastStatistics contrast = bench.step();
      double[] f0 = backend.download(bench.layer.tape0().output());
      double[] f1 = backend.download(bench.layer.tape1().output());
      assertClose("f(x+)", f0, values(expect, "f_x1"), absolute, relative);
      assertClose("f(x++)", f1, values(expect, "f_x2"), absolute, relative);
      double loss = expect.get("loss").asDouble();
      assertThat(contrast.loss())
          .as("loss")
          .isCloseTo(loss, within(absolute + relative * scaleOfLoss(loss, f0, f1)));
      assertThat(contrast.probability())
          .as("mean probability of the positive")
          .isCloseTo(
              Arrays.stream(values(expect, "contrast_prob")).average().orElseThrow(),
              within(absolute + relative));
      double[] gradient = backend.download(bench.layer.encoder().weight().gradient());
      assertClose("dL/dW", gradient, values(expect, "grad_W"), absolute, relative);
      double[] next = backend.download(bench.layer.encoder().weights());
      assertClose("W'", next, values(expect, "W_next"), absolute, relative);
    }
  }

  /** A loss is a difference of similarities, so their magnitude is what float32 is relative to. */
  private static double scaleOfLoss(double loss, double[] f0, double[] f1) {
    double largest = Math.abs(loss);
    for (double a : f0) {
      largest = Math.max(largest, a * a);
    }
    for (double a : f1) {
      largest = Math.max(largest, a * a);
    }
    return largest;
  }

  private static double[] values(JsonNode expect, String key) {
    return WenLiVector.values(WenLiVector.required(expect, key));
  }

  private static void assertClose(
      String what, double[] actual, double[] expected, double absolute, double relative) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("%s, entry %d", what, i)
          .isCloseTo(expected[i], within(absolute + relative * largest));
    }
  }

  /** A learner with a vector's weights and batch on a backend. */
  private static final class Bench implements AutoCloseable {
    final Backend backend;
    final Layer layer;
    private final WenLiVector vector;
    private final PairBatch batch;
    private final Negatives negatives;
    private final double temperature;

    Bench(WenLiVector vector, Backend backend) {
      this.vector = vector;
      this.backend = backend;
      negatives = Negatives.valueOf(vector.textSetting("negatives").toUpperCase(Locale.ROOT));
      temperature = vector.setting("tau");
      int n = vector.samples();
      int m = vector.neurons();
      int h = negatives == Negatives.RAW ? vector.inputRows("XN") : 0;
      layer =
          new Layer(
              backend,
              new SoftThresholdEncoder(backend, vector.inputs(), m, 1, 0),
              new InfoNce(backend, negatives, n, h),
              new ThresholdSchedule(new ThresholdSchedule.Settings(Growth.OFF, 1, 0, 0, 0, 1), m),
              n,
              h,
              0);
      backend.upload(vector.input("W"), layer.encoder().weights());
      backend.upload(vector.input("b"), layer.encoder().thresholds());
      batch = new PairBatch(backend, BatchShape.of(n, vector.inputs(), h, true));
      backend.upload(vector.masked("A1", vector.anchors()), batch.view0());
      backend.upload(vector.masked("A2", vector.anchors()), batch.view1());
      Matrix raw = batch.negatives();
      if (raw != null) {
        backend.upload(vector.input("XN"), raw);
      }
    }

    ContrastStatistics step() {
      Learner learner = layer.learner();
      learner.forward(batch);
      ContrastStatistics contrast = learner.contrast(temperature);
      learner.backward();
      learner.update(vector.setting("eta"), vector.setting("lam"), NO_CAP);
      return contrast;
    }

    /**
     * The loss with other weights at the first views only: everything else is behind the
     * stop-gradient.
     */
    double lossOfFirstViews(double[] weights, double[] secondResponses) {
      double[] first = responses(weights, vector.masked("A1", vector.anchors()));
      int n = vector.samples();
      int m = vector.neurons();
      boolean raw = negatives == Negatives.RAW;
      double[] others = raw ? responses(vector.input("W"), vector.input("XN")) : secondResponses;
      int count = others.length / m;
      double loss = 0;
      for (int p = 0; p < n; p++) {
        double own = dot(first, p, secondResponses, p, m);
        double sum = raw ? Math.exp(own / temperature) : 0;
        for (int q = 0; q < count; q++) {
          sum += Math.exp(dot(first, p, others, q, m) / temperature);
        }
        loss += negatives == Negatives.NONE ? -own : temperature * Math.log(sum) - own;
      }
      return loss / n;
    }

    private double[] responses(double[] weights, double[] inputs) {
      int d1 = vector.inputs();
      int m = vector.neurons();
      double[] b = vector.input("b");
      double[] response = new double[inputs.length / d1 * m];
      for (int i = 0; i < response.length; i++) {
        double a = 0;
        for (int c = 0; c < d1; c++) {
          a += weights[i % m * d1 + c] * inputs[i / m * d1 + c];
        }
        response[i] = Math.max(0, a - b[i % m]) - Math.max(0, -a - b[i % m]);
      }
      return response;
    }

    private static double dot(double[] a, int p, double[] b, int q, int m) {
      double sum = 0;
      for (int i = 0; i < m; i++) {
        sum += a[p * m + i] * b[q * m + i];
      }
      return sum;
    }

    @Override
    public void close() {
      layer.learner().close();
      batch.close();
      backend.close();
    }
  }
}
