package dev.sluice.probe;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.compute.Statistics;
import dev.sluice.data.AnchorSource;
import dev.sluice.data.Dictionary;
import dev.sluice.vectors.WenLiVector;
import dev.sluice.vectors.WenLiVectors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every probe against every vector file, in float64 on the reference backend. */
class ProbeVectorTest {
  private static final double TOLERANCE = 1e-9;

  private static final Map<String, String> SERIES =
      Map.ofEntries(
          entry("align_mean", "feature_alignment{stat=\"mean\"}"),
          entry("align_median", "feature_alignment{stat=\"median\"}"),
          entry("align_second", "feature_alignment{stat=\"second\"}"),
          entry("align_gap", "feature_alignment{stat=\"gap\"}"),
          entry("winner_frac", "winner_ratio"),
          entry("coverage", "feature_coverage_ratio"),
          entry("weight_sparse_energy", "weight_sparse_energy_ratio"),
          entry("w_norm_mean", "weight_norm{layer=\"encoder\"}"),
          entry("w_norm_max", "weight_norm_max{layer=\"encoder\"}"),
          entry("bias_ratio", "threshold_ratio{layer=\"encoder\",stat=\"mean\"}"),
          entry("sparsity", "activation_sparsity_ratio{layer=\"encoder\"}"),
          entry("zero_frac", "zero_output_ratio{layer=\"encoder\"}"),
          entry("selectivity", "neuron_selectivity{layer=\"encoder\"}"),
          entry("preact_kurtosis", "preactivation_kurtosis{layer=\"encoder\"}"),
          entry("fire_rate_mean", "neuron_activation_ratio{layer=\"encoder\",stat=\"mean\"}"),
          entry("fire_rate_max", "neuron_activation_ratio{layer=\"encoder\",stat=\"max\"}"),
          entry("in_sparse_corr", "input_pair_correlation{signal=\"sparse\"}"),
          entry("in_dense_corr", "input_pair_correlation{signal=\"dense\"}"),
          entry("rep_cov_sparse", "representation_covariance{signal=\"sparse\"}"),
          entry("rep_cov_dense", "representation_covariance{signal=\"dense\"}"),
          entry("rep_cov_cross", "representation_covariance{signal=\"cross\"}"),
          entry("rep_sparse_share", "representation_share{signal=\"sparse\"}"),
          entry("rep_dense_share", "representation_share{signal=\"dense\"}"),
          entry("rep_sparse_corr", "pair_correlation{layer=\"encoder\",signal=\"sparse\"}"),
          entry("rep_dense_corr", "pair_correlation{layer=\"encoder\",signal=\"dense\"}"),
          entry("rep_dense_energy", "representation_dense_energy_ratio"),
          entry("cos_sparse", "representation_cosine{signal=\"sparse\"}"),
          entry("cos_dense", "representation_cosine{signal=\"dense\"}"),
          entry("alignment", "embedding_alignment{layer=\"encoder\"}"),
          entry("uniformity", "embedding_uniformity{layer=\"encoder\"}"),
          entry("embed_std", "embedding_std_ratio{layer=\"encoder\"}"),
          entry("rankme", "embedding_effective_rank{kind=\"rankme\",layer=\"encoder\"}"),
          entry("top1", "positive_top1_ratio"));

  static List<WenLiVector> learners() {
    return WenLiVectors.learners();
  }

  static List<WenLiVector> pieces() {
    return WenLiVectors.pieces();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void metricsOfWeightsAndBatch(WenLiVector vector) {
    try (Bench bench = bench(vector)) {
      StepObservation step = bench.observation(vector.setting("tau"));
      ProbeShape shape =
          ProbeShape.ofLayer(
              vector.samples(),
              vector.inputs(),
              vector.neurons(),
              vector.features(),
              vector.samples(),
              vector.samples(),
              0);
      Measured measured = bench.measure(Probes.forLayer(shape, new NoSamples(vector), 0), step);

      for (String group : WenLiVector.PROBE_EXPECTATIONS) {
        WenLiVector.required(vector.expect(), group)
            .fields()
            .forEachRemaining(
                metric ->
                    assertThat(value(metric.getKey(), measured, step))
                        .as(metric.getKey())
                        .isCloseTo(metric.getValue().asDouble(), within(TOLERANCE)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("learners")
  void estimateOverTheWholeBatchIsTheExactCorrelation(WenLiVector vector) {
    try (Bench bench = bench(vector)) {
      Measured measured =
          bench.measure(
              List.of(new CorrelationEstimateProbe(), new Decomposition()), bench.observation(1));

      for (String signal : List.of("sparse", "dense")) {
        String labels = "{layer=\"encoder\",signal=\"" + signal + "\"}";
        assertThat(measured.get("pair_correlation_estimate" + labels))
            .isCloseTo(measured.get("pair_correlation" + labels), within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void pieces(WenLiVector vector) {
    JsonNode root = vector.root();
    WenLiVector.requireOnly(
        root, Set.of("name", "note", "effective_rank", "pooled_corr", "bias_schedule", "probe"));
    if (root.has("effective_rank")) {
      JsonNode piece = root.get("effective_rank");
      JsonNode embeddings = WenLiVector.required(piece, "F");

      assertThat(
              EffectiveRank.rankMe(
                  WenLiVector.values(embeddings), embeddings.size(), embeddings.get(0).size()))
          .isCloseTo(WenLiVector.required(piece, "expect").asDouble(), within(TOLERANCE));
    }
    if (root.has("pooled_corr")) {
      JsonNode piece = root.get("pooled_corr");
      JsonNode p = WenLiVector.required(piece, "P");

      assertThat(
              Statistics.pooledCorrelation(
                  WenLiVector.values(p),
                  WenLiVector.values(WenLiVector.required(piece, "Q")),
                  p.size(),
                  p.get(0).size()))
          .isCloseTo(WenLiVector.required(piece, "expect").asDouble(), within(TOLERANCE));
    }
    if (root.has("probe")) {
      probe(root.get("probe"));
    }
  }

  private static void probe(JsonNode piece) {
    JsonNode expect = WenLiVector.required(piece, "expect");
    WenLiVector.requireOnly(expect, Set.of("acc", "r2"));
    JsonNode responses = WenLiVector.required(piece, "F");
    RidgeProbe.Score score =
        RidgeProbe.score(
            WenLiVector.values(responses),
            WenLiVector.values(WenLiVector.required(piece, "z")),
            WenLiVector.values(WenLiVector.required(piece, "F_test")),
            WenLiVector.values(WenLiVector.required(piece, "z_test")),
            WenLiVector.values(WenLiVector.required(piece, "wstar")),
            responses.get(0).size(),
            WenLiVector.required(piece, "ridge").asDouble());

    assertThat(score.accuracy())
        .isCloseTo(WenLiVector.required(expect, "acc").asDouble(), within(TOLERANCE));
    assertThat(score.r2())
        .isCloseTo(WenLiVector.required(expect, "r2").asDouble(), within(TOLERANCE));
  }

  /** The value of a vector's metric; a metric that no series stands for fails. */
  private static double value(String metric, Measured measured, StepObservation step) {
    if (metric.equals("pos_sim")) {
      return step.pairMoments.dotSum / step.pairMoments.samples;
    }
    if (metric.equals("dead_frac")) {
      return measured.get("neurons{layer=\"encoder\",state=\"dead\"}") / step.neurons();
    }
    String series = SERIES.get(metric);
    if (series == null) {
      throw new AssertionError("no series stands for the metric " + metric);
    }
    return measured.get(series);
  }

  private static Bench bench(WenLiVector vector) {
    double[] anchors = vector.anchors();
    double[] signal = vector.signal();
    Bench bench =
        new Bench(
            vector.samples(),
            vector.inputs(),
            vector.features(),
            vector.neurons(),
            vector.input("W"),
            vector.input("b"),
            new Dictionary(vector.inputs(), vector.features(), vector.input("M")));
    bench.inputs(anchors, vector.masked("A1", anchors), vector.masked("A2", anchors));
    bench.truth(
        signal, vector.masked("A1", signal), vector.masked("A2", signal), vector.input("z"));
    return bench;
  }

  /** A source that has nothing to draw from but zeros. */
  private record NoSamples(WenLiVector vector) implements AnchorSource {
    @Override
    public int inputs() {
      return vector.inputs();
    }

    @Override
    public @Nullable Dictionary dictionary() {
      return null;
    }

    @Override
    public void draw(
        long step,
        int firstRow,
        int rowCount,
        float[] anchors,
        float @Nullable [] signal,
        float @Nullable [] latents) {}
  }
}
