package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the measures of embeddings say of those that are dead, collapsed, too few or broken. */
class HealthDegenerateTest {

  @Test
  void embeddingsOfZero() {
    Map<String, Double> measured = measure(new double[40], 10, 4);

    assertThat(undefined(measured))
        .containsExactly("decay", "decay of live", "uniformity", "off-diagonal correlation");
    for (String name :
        List.of(
            "norm",
            "least deviation",
            "unit deviation",
            "rankme",
            "stable rank",
            "effective rank",
            "participation",
            "eigenvalue sum",
            "lidar",
            "alignment",
            "positive",
            "negative",
            "gap",
            "off-diagonal covariance",
            "active",
            "gini")) {
      assertThat(measured.get(name)).as(name).isZero();
    }
    assertThat(measured.get("dead")).isEqualTo(1);
    assertThat(measured.get("hoyer")).isEqualTo(1);
  }

  @Test
  void oneVectorForAllSamples() {
    double[] z = new double[40];
    Arrays.setAll(z, i -> 0.1 + i % 4);

    Map<String, Double> measured = measure(z, 10, 4);

    assertThat(undefined(measured))
        .containsExactly("decay", "decay of live", "off-diagonal correlation");
    assertThat(measured.get("least deviation")).isZero();
    assertThat(measured.get("unit deviation")).isZero();
    assertThat(measured.get("rankme")).isCloseTo(1, within(1e-4));
    assertThat(measured.get("stable rank")).isCloseTo(1, within(1e-12));
    assertThat(measured.get("effective rank")).isZero();
    assertThat(measured.get("participation")).isZero();
    assertThat(measured.get("lidar")).isZero();
    assertThat(measured.get("uniformity")).isCloseTo(0, within(1e-12));
    assertThat(measured.get("negative")).isCloseTo(1, within(1e-12));
    assertThat(measured.get("gap")).isCloseTo(0, within(1e-12));
    assertThat(measured.get("dead")).isZero();
  }

  @Test
  void aDeadDimension_isLeftOutOfTheLiveDecay_andUncorrelated() {
    double[] z = RandomRows.of(1, 30, 3);
    double[] padded = new double[120];
    for (int p = 0; p < 30; p++) {
      System.arraycopy(z, p * 3, padded, p * 4, 3);
      padded[p * 4 + 3] = 0.7;
    }

    Map<String, Double> alive = measure(z, 30, 3);
    Map<String, Double> withDead = measure(padded, 30, 4);

    assertThat(withDead.get("decay")).isGreaterThan(5);
    assertThat(withDead.get("decay of live")).isCloseTo(alive.get("decay"), within(1e-9));
    assertThat(withDead.get("off-diagonal correlation"))
        .isCloseTo(alive.get("off-diagonal correlation") / 2, within(1e-9));
    assertThat(withDead.get("effective rank")).isCloseTo(alive.get("effective rank"), within(1e-9));
  }

  @Test
  void aRowOfZeros_isAtRightAnglesToTheRest() {
    double[] z = {1, 0, 0, 0};

    assertThat(PairGeometry.uniformity(z, 2, 2)).isCloseTo(-4, within(1e-12));
    assertThat(PairGeometry.negativeCosine(z, z, 2, 2)).isZero();
    assertThat(PairGeometry.positiveCosine(z, z, 2, 2)).isEqualTo(0.5);
    assertThat(Sparsity.hoyer(z, 2, 2)).isCloseTo(1, within(1e-12));
    assertThat(Sparsity.gini(z, 2, 2)).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void oneDimension_hasNoOthers() {
    Map<String, Double> measured = measure(RandomRows.of(2, 10, 1), 10, 1);

    assertThat(undefined(measured))
        .containsExactly(
            "decay",
            "decay of live",
            "off-diagonal covariance",
            "off-diagonal correlation",
            "hoyer");
    assertThat(measured.get("effective rank")).isCloseTo(1, within(1e-12));
  }

  @Test
  void oneSample_doesNotVary() {
    Map<String, Double> measured = measure(new double[] {3, 4}, 1, 2);

    assertThat(undefined(measured))
        .containsExactly(
            "least deviation",
            "unit deviation",
            "effective rank",
            "participation",
            "eigenvalue sum",
            "decay",
            "decay of live",
            "lidar",
            "uniformity",
            "negative",
            "gap",
            "off-diagonal covariance",
            "off-diagonal correlation");
    assertThat(measured.get("norm")).isEqualTo(5);
    assertThat(measured.get("positive")).isCloseTo(1, within(1e-12));
    assertThat(measured.get("rankme")).isCloseTo(1, within(1e-4));
  }

  @Test
  void fewerSamplesThanDimensions_spanFewer() {
    double[] spectrum = Dimensionality.spectrum(RandomRows.of(3, 3, 7), 3, 7);

    assertThat(spectrum).hasSize(7);
    assertThat(spectrum[1]).isPositive();
    for (int i = 2; i < 7; i++) {
      assertThat(spectrum[i]).isCloseTo(0, within(1e-14));
    }
  }

  @Test
  void smallEigenvalues_keepTheirDigits() {
    // the same matrix with its dimensions stretched by 1, 1e-5 and 1e-7, without correlation
    double[] z = {1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1};
    for (int i = 0; i < z.length; i++) {
      z[i] *= new double[] {1, 1e-5, 1e-7}[i % 3];
    }

    double[] spectrum = Dimensionality.spectrum(z, 4, 3);

    assertThat(spectrum[0]).isCloseTo(4.0 / 3, within(1e-12));
    assertThat(spectrum[1]).isCloseTo(4e-10 / 3, within(1e-22));
    assertThat(spectrum[2]).isCloseTo(4e-14 / 3, within(1e-26));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 39})
  void aNumberThatIsNone_shows_everywhere(int place) {
    double[] z = RandomRows.of(4, 10, 4);
    z[place] = Double.NaN;

    Map<String, Double> measured = measure(z, 10, 4);

    assertThat(undefined(measured)).containsExactlyElementsOf(measured.keySet());
  }

  @Test
  void noSamples_areNoException() {
    Map<String, Double> measured = measure(new double[0], 0, 3);

    assertThat(undefined(measured)).containsExactlyElementsOf(measured.keySet());
  }

  private static List<String> undefined(Map<String, Double> measured) {
    return measured.keySet().stream().filter(name -> measured.get(name).isNaN()).toList();
  }

  private static Map<String, Double> measure(double[] z, int n, int d) {
    double[] spectrum = Dimensionality.spectrum(z, n, d);
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put("norm", Spread.meanNorm(z, n, d));
    measured.put("least deviation", Spread.leastDeviation(z, n, d));
    measured.put("unit deviation", Spread.unitDeviation(z, n, d));
    measured.put("rankme", Dimensionality.rankMe(z, n, d));
    measured.put("stable rank", Dimensionality.stableRank(z, n, d));
    measured.put("effective rank", Dimensionality.effectiveRank(spectrum));
    measured.put("participation", Dimensionality.participationRatio(spectrum));
    measured.put("eigenvalue sum", Dimensionality.eigenvalueSum(spectrum));
    measured.put("decay", Dimensionality.decay(spectrum));
    measured.put("decay of live", Dimensionality.decayOfLive(spectrum));
    measured.put("lidar", Dimensionality.lidar(z, z, n, d));
    measured.put("uniformity", PairGeometry.uniformity(z, n, d));
    measured.put("alignment", PairGeometry.alignment(z, z, n, d));
    measured.put("positive", PairGeometry.positiveCosine(z, z, n, d));
    measured.put("negative", PairGeometry.negativeCosine(z, z, n, d));
    measured.put("gap", PairGeometry.gap(z, z, n, d));
    measured.put("off-diagonal covariance", Redundancy.covariance(z, n, d));
    measured.put("off-diagonal correlation", Redundancy.correlation(z, n, d));
    measured.put("dead", Sparsity.deadFraction(z, n, d));
    measured.put("active", Sparsity.activeFraction(z));
    measured.put("hoyer", Sparsity.hoyer(z, n, d));
    measured.put("gini", Sparsity.gini(z, n, d));
    return measured;
  }
}
