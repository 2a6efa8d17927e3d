package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.vectors.CompanionVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every measure of health against every expected value of every vector of it. */
class HealthVectorTest {
  private static final double TOLERANCE = 1e-9;
  private static final double FLOAT_TOLERANCE = 2e-5;

  /**
   * The vector's own value comes of eigenvalues 1e-9 of the largest, found to 1e-16 of that one;
   * this is its input in arithmetic of 50 digits.
   */
  private static final double DECAY_OF_TWO_DIMENSIONS = 13.81866218953028;

  static List<CompanionVector> vectors() {
    return CompanionVector.names().stream()
        .filter(name -> name.startsWith("metric_") && !name.equals("metric_identifiability"))
        .map(CompanionVector::named)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyValue(CompanionVector vector) {
    Map<String, Double> measured =
        measure(
            vector.values("z"),
            vector.values("z2"),
            vector.labels("labels"),
            vector.values("predictor"));

    Map<String, Double> expected = expected(vector);
    assertThat(measured).containsOnlyKeys(expected.keySet());
    assertThat(expected).hasSizeGreaterThanOrEqualTo(25);
    expected.forEach(
        (name, value) ->
            assertThat(measured.get(name))
                .as(name)
                .isCloseTo(value, within(TOLERANCE * Math.abs(value))));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void roundingTheEmbeddingsToFloat_changesLittle(CompanionVector vector) {
    double[] z = rounded(vector.values("z"));
    Map<String, Double> measured =
        measure(
            z, rounded(vector.values("z2")), vector.labels("labels"), vector.values("predictor"));

    expected(vector)
        .forEach(
            (name, value) ->
                assertThat(measured.get(name))
                    .as(name)
                    .isCloseTo(value, within(FLOAT_TOLERANCE * scale(vector, name, value))));
  }

  /** What an error is relative to. */
  private static double scale(CompanionVector vector, String name, double value) {
    boolean offset = vector.name().equals("metric_complete_collapse_direction");
    if (offset && name.equals("gap")) {
      return 1; // the difference of two cosines that are nearly 1
    }
    if (offset && name.equals("nc1")) {
      return 1000 * value; // all that varies is a thousandth of what the floats hold
    }
    return Math.abs(value);
  }

  private static Map<String, Double> expected(CompanionVector vector) {
    Map<String, Double> expected = new HashMap<>();
    vector
        .at("expected")
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isArray()) {
                for (int c = 0; c < field.getValue().size(); c++) {
                  expected.put(field.getKey() + c, field.getValue().get(c).asDouble());
                }
              } else {
                expected.put(field.getKey(), field.getValue().asDouble());
              }
            });
    if (vector.name().equals("metric_dimensional_collapse")) {
      assertThat(expected.get("alpha")).isCloseTo(DECAY_OF_TWO_DIMENSIONS, within(1e-7));
      expected.put("alpha", DECAY_OF_TWO_DIMENSIONS);
    }
    return expected;
  }

  private static Map<String, Double> measure(
      double[] z, double[] z2, int[] labels, double[] predictor) {
    int n = labels.length;
    int d = z.length / n;
    double[] spectrum = Dimensionality.spectrum(z, n, d);
    double[] deviations = Spread.deviations(z, n, d);
    Map<String, Double> measured = new HashMap<>();
    for (int c = 0; c < d; c++) {
      measured.put("std_per_dim" + c, deviations[c]);
    }
    measured.put("std_min", Spread.leastDeviation(z, n, d));
    measured.put("std_mean", Spread.meanDeviation(z, n, d));
    measured.put("std_unit", Spread.unitDeviation(z, n, d));
    measured.put("norm", Spread.meanNorm(z, n, d));
    measured.put("rankme", Dimensionality.rankMe(z, n, d));
    measured.put("srank", Dimensionality.stableRank(z, n, d));
    measured.put("erank", Dimensionality.effectiveRank(spectrum));
    measured.put("pr", Dimensionality.participationRatio(spectrum));
    measured.put("nesum", Dimensionality.eigenvalueSum(spectrum));
    measured.put("alpha", Dimensionality.decay(spectrum));
    measured.put("lidar", Dimensionality.lidar(z, z2, n, d));
    measured.put("uniform", PairGeometry.uniformity(z, n, d));
    measured.put("uniformity", PairGeometry.uniformity(z, n, d));
    measured.put("align", PairGeometry.alignment(z, z2, n, d));
    measured.put("alignment", PairGeometry.alignment(z, z2, n, d));
    measured.put("cos_pos", PairGeometry.positiveCosine(z, z2, n, d));
    measured.put("cos_neg", PairGeometry.negativeCosine(z, z2, n, d));
    measured.put("gap", PairGeometry.gap(z, z2, n, d));
    measured.put("offcov", Redundancy.covariance(z, n, d));
    measured.put("offcorr", Redundancy.correlation(z, n, d));
    measured.put("nc1", ClassGeometry.withinOverBetween(z, labels, d));
    measured.put("dead_fraction", Sparsity.deadFraction(z, n, d));
    measured.put("active_fraction", Sparsity.activeFraction(z));
    measured.put("hoyer_mean_rows", Sparsity.hoyer(z, n, d));
    measured.put("gini_mean_rows", Sparsity.gini(z, n, d));
    measured.put(
        "commutator",
        NonContrastive.commutator(predictor, NonContrastive.secondMoments(z, n, d), d));
    return measured;
  }

  private static double[] rounded(double[] values) {
    double[] rounded = values.clone();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) rounded[i];
    }
    return rounded;
  }
}
