package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.data.SparseCoding;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The stand-ins for unknown truth on learners whose truth is known: neurons that are features, and
 * neurons that are random.
 */
class StandInTest {
  private static final int FEATURES = 6;
  private static final int INPUTS = 96;
  private static final int SAMPLES = 400;

  @Test
  void learnerOfFeatures_isSeenAsSuch() {
    RandomSystem system = featureLearner();
    complementaryMasks(system);

    Measured measured = system.measure();

    assertThat(measured.get("weight_sparse_energy_ratio")).isCloseTo(1, within(1e-6));
    assertThat(measured.get("weight_sparse_energy_estimate")).isGreaterThan(0.9);
    assertThat(measured.get("feature_coverage_ratio")).isEqualTo(1);
    assertThat(measured.get("feature_coverage_estimate")).isEqualTo(1);
    String dense = "{layer=\"encoder\",signal=\"dense\"}";
    String sparse = "{layer=\"encoder\",signal=\"sparse\"}";
    assertThat(measured.get("pair_correlation_split_estimate" + dense))
        .isCloseTo(measured.get("pair_correlation" + dense), within(0.2));
    assertThat(measured.get("pair_correlation_split_estimate" + sparse))
        .isGreaterThan(measured.get("pair_correlation_split_estimate" + dense) + 0.4);
  }

  @Test
  void learnerOfNoise_isSeenAsSuch() {
    RandomSystem system = new RandomSystem(1, SAMPLES, INPUTS, FEATURES, FEATURES);
    RandomSystem.scale(system.weights, 1 / Math.sqrt(INPUTS));

    Measured measured = system.measure();

    assertThat(measured.get("weight_sparse_energy_estimate"))
        .isCloseTo(measured.get("weight_sparse_energy_ratio"), within(0.1));
    assertThat(measured.get("feature_coverage_estimate")).isLessThan(0.35);
  }

  @Test
  void learnerOfOneFeature_coversOneNeuronsWorth() {
    RandomSystem system = featureLearner();
    for (int i = 1; i < FEATURES; i++) {
      System.arraycopy(system.weights, 0, system.weights, i * INPUTS, INPUTS);
    }

    Measured measured = system.measure();

    assertThat(measured.get("feature_coverage_estimate")).isCloseTo(1.0 / FEATURES, within(1e-12));
    assertThat(measured.get("feature_coverage_ratio")).isCloseTo(1.0 / FEATURES, within(1e-12));
  }

  @Test
  void identicalViews_shareEverything() {
    RandomSystem system = featureLearner();
    Arrays.fill(system.mask0, 1);
    Arrays.fill(system.mask1, 1);

    Measured measured = system.measure();

    for (String signal : new String[] {"sparse", "dense"}) {
      assertThat(
              measured.get(
                  "pair_correlation_split_estimate{layer=\"encoder\",signal=\"" + signal + "\"}"))
          .isEqualTo(1);
    }
  }

  @Test
  void sparseness_asWrittenOnPaper() {
    RandomSystem system = new RandomSystem(2, 4, 2, 1, 2);
    Arrays.fill(system.anchors, 0);
    system.anchors[0] = 2; // one neuron speaks once in four, the other always alike
    for (int p = 0; p < 4; p++) {
      system.anchors[p * 2 + 1] = p % 2 == 0 ? 3 : -3;
    }
    System.arraycopy(new double[] {1, 0, 0, 1}, 0, system.weights, 0, 4);
    Arrays.fill(system.thresholds, 0);

    assertThat(system.measure().get("neuron_sparseness{layer=\"encoder\"}"))
        .isCloseTo((0.75 + 0) / 2, within(1e-12));
  }

  /** w_j = M_j with a threshold of 0.4, on features that are seldom there. */
  private static RandomSystem featureLearner() {
    RandomSystem system =
        new RandomSystem(
            new SparseCoding(1, INPUTS, SparseCoding.equalProbabilities(FEATURES, 0.6), 0.02),
            1,
            SAMPLES,
            FEATURES);
    for (int j = 0; j < FEATURES; j++) {
      for (int i = 0; i < INPUTS; i++) {
        system.weights[j * INPUTS + i] = system.source.dictionary().entry(i, j);
      }
    }
    Arrays.fill(system.thresholds, 0.4);
    return system;
  }

  private static void complementaryMasks(RandomSystem system) {
    for (int i = 0; i < system.mask0.length; i++) {
      system.mask1[i] = 2 - system.mask0[i];
    }
  }
}
