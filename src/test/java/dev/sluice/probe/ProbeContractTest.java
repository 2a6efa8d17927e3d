package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.data.SparseCoding;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of every probe there is, beside what {@link ProbePropertyTest} and {@link
 * DegenerateProbeTest} hold of those of one layer.
 */
class ProbeContractTest {
  private static final int SAMPLES = 40;

  /** Of a run that lacks nothing, and of the smallest. */
  private static final List<ProbeShape> SHAPES =
      List.of(
          ProbeShape.ofLayer(256, 512, 40, 32, 16, 256, 16),
          ProbeShape.ofLayer(1, 1, 1, 1, 1, 1, 1),
          new ProbeShape(2, 1, 1, 0, 0, 1, 0, 1, 1));

  /** Weights have no part in it. */
  private static final Set<String> OF_DATA =
      Set.of("tree_ceiling_correlation", "embedding_rank_samples");

  static Stream<Named<Probe>> all() {
    return probes().map(probe -> Named.of(probe.name(), probe));
  }

  private static Stream<Probe> probes() {
    SparseCoding source = new SparseCoding(0, 16, SparseCoding.equalProbabilities(16, 1), 1);
    List<Probe> probes =
        new ArrayList<>(Probes.forLayer(ProbeShape.ofLayer(16, 16, 16, 16, 16, 16, 4), source, 0));
    probes.addAll(Probes.ofSystems());
    return probes.stream();
  }

  /** Those of networks and those of any representation, made for {@link NetworkBench}. */
  static Stream<Named<EvaluationProbe<?>>> ofNetworks() {
    List<Probe> own = new ArrayList<>();
    for (Probe probe : Probes.ofSystems()) {
      own.add(
          switch (probe.name()) {
            case "tree" -> new TreeProbe(NetworkBench.TREE);
            case "covariance-operator" -> new CovarianceOperatorProbe(NetworkBench.TREE);
            case "direction" -> new DirectionProbe(() -> new double[] {1, 2, -1}, 0, 1, 2);
            default -> probe;
          });
    }
    return Probes.forNetworks(own).stream()
        .filter(EvaluationProbe.class::isInstance)
        .map(probe -> Named.of(probe.name(), (EvaluationProbe<?>) probe));
  }

  static Stream<Arguments> ofRandomNetworks() {
    return ofNetworks()
        .flatMap(probe -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(probe, seed)));
  }

  @Test
  void names_areOfOneKindOfProbeEach() {
    Map<String, Class<?>> kinds = new HashMap<>();
    Map<Class<?>, String> names = new HashMap<>();
    probes()
        .forEach(
            probe -> {
              assertThat(probe.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
              assertThat(kinds.merge(probe.name(), probe.getClass(), (known, kind) -> known))
                  .isEqualTo(probe.getClass());
              assertThat(names.merge(probe.getClass(), probe.name(), (known, name) -> known))
                  .isEqualTo(probe.name());
            });
    assertThat(names).hasSameSizeAs(kinds);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyProbe_hasSeriesAndSaysWhatItCosts(Probe probe) {
    assertThat(probe.series()).isNotEmpty().doesNotHaveDuplicates();
    for (ProbeShape shape : SHAPES) {
      assertThat(probe.flops(shape)).isFinite().isNotNegative();
    }
  }

  /** What a run does not have cannot be asked for. */
  @ParameterizedTest
  @MethodSource("all")
  void products_areOfWhatTheProbeSees(Probe probe) {
    if (!(probe instanceof EvaluationProbe<?> evaluationProbe)) {
      assertThat(probe).isInstanceOf(StepProbe.class);
      return;
    }
    Set<EvaluationProduct> products = evaluationProbe.products();
    Set<EvaluationProduct> ofTruth =
        Set.of(
            EvaluationProduct.SPARSE_VIEWS,
            EvaluationProduct.PROJECTIONS,
            EvaluationProduct.SPARSE_ANCHORS);
    if (!evaluationProbe.sees().equals(LayerEvaluation.class)) {
      assertThat(products).doesNotContainAnyElementsOf(ofTruth);
      assertThat(probe.needs()).isEmpty();
    }
    if (!probe.needs().contains(Need.GROUND_TRUTH)) {
      assertThat(products).doesNotContainAnyElementsOf(ofTruth);
    }
    if (products.contains(EvaluationProduct.SPARSE_ANCHORS)) {
      assertThat(products).contains(EvaluationProduct.PROJECTIONS);
    }
    assertThat(evaluationProbe.basePeriod()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRatio_saysWhatItsRangeIs(Probe probe) {
    for (Series series : probe.series()) {
      if (series.metric().unit().equals("ratio")) {
        String help = series.metric().help();
        assertThat(StatedRange.of(help).isStated() || help.contains("any real"))
            .as("%s: %s", series.metric().name(), help)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ofRandomNetworks")
  void onRandomNetworks_everythingIsMeasuredAndWithinItsRange(EvaluationProbe<?> probe, long seed) {
    try (NetworkBench bench = new NetworkBench(seed, SAMPLES)) {
      Measured measured = bench.measure(probe);

      assertThat(Arrays.stream(measured.values()).filter(StepReport::isAbsent)).isEmpty();
      assertWithinRanges(measured);
    }
  }

  /** Readouts are fitted on one half of the samples and scored on the other: each keeps its own. */
  @ParameterizedTest
  @MethodSource("ofRandomNetworks")
  void theOrderOfTheSamples_saysNothing(EvaluationProbe<?> probe, long seed) {
    int[] order = new int[SAMPLES];
    int half = SAMPLES / 2;
    Arrays.setAll(order, p -> p < half ? half - 1 - p : half + (p + 7) % half);
    try (NetworkBench bench = new NetworkBench(seed, SAMPLES)) {
      Measured before = bench.measure(probe);

      Measured after = bench.permute(order).measure(probe);

      assertThat(after.values()).containsExactly(before.values(), within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("ofNetworks")
  void embeddingsThatAreAllEqual_giveNoLies(EvaluationProbe<?> probe) {
    try (NetworkBench bench = new NetworkBench(4, SAMPLES).set("weight", 0).set("bias", 0.5)) {
      assertWithinRanges(bench.measure(probe));
    }
  }

  @ParameterizedTest
  @MethodSource("ofNetworks")
  void embeddingsOfZero_giveNoLies(EvaluationProbe<?> probe) {
    try (NetworkBench bench = new NetworkBench(5, SAMPLES).set("weight", 0).set("bias", 0)) {
      assertThat(bench.evaluation().responses0()).containsOnly(0);
      assertWithinRanges(bench.measure(probe));
    }
  }

  @ParameterizedTest
  @MethodSource("ofNetworks")
  void oneSample_givesNoLies(EvaluationProbe<?> probe) {
    try (NetworkBench bench = new NetworkBench(6, 1)) {
      assertWithinRanges(bench.measure(probe));
    }
  }

  /** A trainer asks no probe then; one that is asked all the same must not make numbers of it. */
  @ParameterizedTest
  @MethodSource("ofNetworks")
  void weightsThatAreNoNumbers_giveNone(EvaluationProbe<?> probe) {
    try (NetworkBench bench = new NetworkBench(7, SAMPLES).set("weight", Double.NaN)) {
      assertThat(bench.evaluation().isFinite()).isFalse();
      Measured measured = bench.measure(probe);
      for (int slot = 0; slot < measured.values().length; slot++) {
        Series series = measured.series().get(slot);
        if (!OF_DATA.contains(series.metric().name())) {
          assertThat(measured.values()[slot]).as(series.key()).isNaN();
        }
      }
    }
  }

  /** What is measured is finite and where its help says it is; what is not defined is absent. */
  private static void assertWithinRanges(Measured measured) {
    double[] values = measured.values();
    for (int slot = 0; slot < values.length; slot++) {
      if (!StepReport.isAbsent(values[slot])) {
        Series series = measured.series().get(slot);
        String help = series.metric().help();
        assertThat(values[slot]).as(series.key()).isFinite();
        assertThat(StatedRange.of(help).holds(values[slot]))
            .as("%s = %s: %s", series.key(), values[slot], help)
            .isTrue();
      }
    }
  }
}
