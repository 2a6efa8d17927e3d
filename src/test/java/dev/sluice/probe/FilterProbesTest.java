package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.augment.EvaluationBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.Purpose;
import dev.sluice.compute.ReferenceBackend;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterProbesTest {

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 16})
  void aGratingHasOneOrientationAndANarrowSpectrum(int side) {
    double[] vertical = grating(side, 0.25, 0);
    double[] oblique = grating(side, 0.2, 0.2);
    assertThat(orientation(side, vertical)).isGreaterThan(0.85);
    assertThat(orientation(side, oblique)).isGreaterThan(0.8);
    // two of the p^2 frequencies where the period fits the patch
    assertThat(spread(side, vertical)).isCloseTo(2.0 / (side * side), within(1e-9));
    assertThat(spread(side, oblique)).isLessThan(0.2);
  }

  @ParameterizedTest
  @CsvSource({"12, 0.106, 0.511", "16, 0.078, 0.502"})
  void noiseHasNeitherOrientationNorAShape(int side, double orientation, double spread) {
    double[] noise = noise(96, side, 1);
    assertThat(orientation(side, noise)).isCloseTo(orientation, within(0.02));
    assertThat(spread(side, noise)).isCloseTo(spread, within(0.02));
    assertThat(window(side, noise)).isCloseTo(0.267, within(0.015));
    assertThat(clusters(side * side, noise)).isEqualTo(96);
  }

  @Test
  void aPointIsRoundFlatAndLocal() {
    int side = 12;
    double[] point = new double[144];
    point[5 * 12 + 7] = -3;
    assertThat(orientation(side, point)).isCloseTo(0, within(1e-12));
    assertThat(spread(side, point)).isCloseTo(1, within(1e-12));
    assertThat(window(side, point)).isCloseTo(1, within(1e-12));
  }

  @Test
  void aConstantFilterHasOneFrequencyAndSpreadsOverThePatch() {
    double[] constant = new double[144];
    Arrays.fill(constant, 0.5);
    assertThat(spread(12, constant)).isCloseTo(1.0 / 144, within(1e-12));
    assertThat(window(12, constant)).isCloseTo(25.0 / 144, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7, 12, 16})
  void theMeasuresAreThoseOfThePlainTransform(int side) {
    int neurons = 7;
    double[] filters = noise(neurons, side, 3);
    for (int i = 0; i < side * side; i++) {
      filters[i] *= 1 + i % side; // one with a slope
    }
    double[] orientations = new double[neurons];
    double[] spreads = new double[neurons];
    double[] windows = new double[neurons];
    for (int i = 0; i < neurons; i++) {
      double[] filter = Arrays.copyOfRange(filters, i * side * side, (i + 1) * side * side);
      orientations[i] = slowOrientation(filter, side);
      spreads[i] = slowSpread(filter, side);
      windows[i] = slowWindow(filter, side);
    }
    assertThat(orientation(side, filters)).isCloseTo(middle(orientations), within(1e-12));
    assertThat(spread(side, filters)).isCloseTo(middle(spreads), within(1e-12));
    assertThat(window(side, filters)).isCloseTo(middle(windows), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, -1, 1e12})
  void theMeasuresDoNotDependOnTheScaleOfTheWeights(double scale) {
    double[] filters = noise(9, 8, 4);
    double[] scaled = Arrays.stream(filters).map(x -> x * scale).toArray();
    assertThat(orientation(8, scaled)).isCloseTo(orientation(8, filters), within(1e-12));
    assertThat(spread(8, scaled)).isCloseTo(spread(8, filters), within(1e-12));
    assertThat(window(8, scaled)).isCloseTo(window(8, filters), within(1e-12));
    assertThat(clusters(64, scaled)).isEqualTo(clusters(64, filters));
  }

  @Test
  void turningAFilterChangesNothing() {
    double[] filter = noise(1, 12, 8);
    double[] turned = new double[144];
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 12; x++) {
        turned[x * 12 + 11 - y] = filter[y * 12 + x];
      }
    }
    assertThat(orientation(12, turned)).isCloseTo(orientation(12, filter), within(1e-9));
    assertThat(spread(12, turned)).isCloseTo(spread(12, filter), within(1e-12));
    assertThat(window(12, turned)).isCloseTo(window(12, filter), within(1e-12));
  }

  @Test
  void deadFiltersAreLeftOut() {
    double[] filters = new double[3 * 64];
    System.arraycopy(grating(8, 0.25, 0), 0, filters, 64, 64);
    double alone = orientation(8, grating(8, 0.25, 0));
    assertThat(orientation(8, filters)).isEqualTo(alone);
    assertThat(spread(8, filters)).isCloseTo(2.0 / 64, within(1e-12));
    assertThat(clusters(64, filters)).isEqualTo(1);
  }

  @Test
  void whereNothingIsLeftThereIsNoShape() {
    double[] zeros = new double[2 * 64];
    assertThat(orientation(8, zeros)).isNaN();
    assertThat(spread(8, zeros)).isNaN();
    assertThat(window(8, zeros)).isNaN();
    assertThat(clusters(64, zeros)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void weightsThatAreNotFiniteAreNotHidden(double weight) {
    double[] filters = noise(5, 8, 2);
    filters[3 * 64 + 9] = weight;
    assertThat(orientation(8, filters)).isNaN();
    assertThat(spread(8, filters)).isNaN();
    assertThat(window(8, filters)).isNaN();
    assertThat(clusters(64, filters)).isNaN();
  }

  @Test
  void clustersAreCountedGreedily() {
    double[] weights = {
      1,
      0,
      0, //
      0.9,
      0.1,
      0, // like the first
      -2,
      0,
      0, // the first, turned round
      0.5,
      0.9,
      0, // less than half the first: a second cluster
      0,
      1,
      0, // like the one before
      0,
      0,
      1e-9, // a third, however small
      0.5,
      0,
      Math.sqrt(0.75), // exactly half of the first: dropped
    };
    assertThat(clusters(3, weights)).isEqualTo(3);
  }

  @Test
  void costsGrowWithTheFilters() {
    ProbeShape small = ProbeShape.ofLayer(256, 144, 64, 0, 16, 256, 12);
    ProbeShape large = ProbeShape.ofLayer(256, 256, 96, 0, 16, 256, 16);
    for (Probe probe :
        new Probe[] {new FilterSpectrum(), new FilterWindow(), new FilterClusters()}) {
      assertThat(probe.flops(small)).isPositive();
      assertThat(probe.flops(large)).isGreaterThan(2 * probe.flops(small));
    }
    // every fifty steps, all of them stay below two percent of the steps between
    double all =
        new FilterSpectrum().flops(large)
            + new FilterWindow().flops(large)
            + new FilterClusters().flops(large);
    assertThat(all / 50).isLessThan(0.02 * large.stepFlops());
  }

  private static double orientation(int side, double[] filters) {
    return measure(new FilterSpectrum(), side * side, side, filters)[0];
  }

  private static double spread(int side, double[] filters) {
    return measure(new FilterSpectrum(), side * side, side, filters)[1];
  }

  private static double window(int side, double[] filters) {
    return measure(new FilterWindow(), side * side, side, filters)[0];
  }

  private static double clusters(int inputs, double[] weights) {
    return measure(new FilterClusters(), inputs, 0, weights)[0];
  }

  private static double[] measure(EvaluationProbe probe, int inputs, int side, double[] filters) {
    int neurons = filters.length / inputs;
    double[] values = new double[probe.series().size()];
    int[] slots = new int[values.length];
    Arrays.setAll(slots, i -> i);
    try (Backend backend = new ReferenceBackend();
        EvaluationBatch batch = EvaluationBatch.masked(backend, 1, inputs, 0);
        Matrix weights = backend.allocate(neurons, inputs);
        Matrix thresholds = backend.allocate(1, neurons);
        LayerEvaluation evaluation =
            new LayerEvaluation(backend, batch, weights, thresholds, null, side)) {
      backend.upload(filters, weights);
      probe.measure(evaluation, new Readings(values, slots));
    }
    return values;
  }

  private static double[] grating(int side, double across, double down) {
    double[] filter = new double[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        filter[y * side + x] = Math.cos(2 * Math.PI * (across * x + down * y) + 0.3);
      }
    }
    return filter;
  }

  private static double[] noise(int neurons, int side, long seed) {
    CounterStream stream = new CounterStream(seed, Purpose.WEIGHTS, 0);
    double[] filters = new double[neurons * side * side];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = stream.gaussian(i);
    }
    return filters;
  }

  private static double middle(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** |F|^2 at a frequency in cycles a pixel, summed pixel by pixel. */
  private static double slowPower(double[] filter, int side, double fy, double fx) {
    double re = 0;
    double im = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double angle = -2 * Math.PI * (fy * y + fx * x);
        re += filter[y * side + x] * Math.cos(angle);
        im += filter[y * side + x] * Math.sin(angle);
      }
    }
    return re * re + im * im;
  }

  private static double frequency(int index, int size) {
    return (index < (size + 1) / 2 ? index : index - size) / (double) size;
  }

  private static double slowOrientation(double[] filter, int side) {
    double sum = 0;
    double re = 0;
    double im = 0;
    for (int v = 0; v < 2 * side; v++) {
      for (int u = 0; u < 2 * side; u++) {
        double fy = frequency(v, 2 * side);
        double fx = frequency(u, 2 * side);
        double radius = Math.hypot(fx, fy);
        if (radius > 0.03 && radius <= 0.5 + 1e-12) {
          double power = slowPower(filter, side, fy, fx);
          double angle = Math.atan2(fy, fx);
          sum += power;
          re += power * Math.cos(2 * angle);
          im += power * Math.sin(2 * angle);
        }
      }
    }
    return Math.hypot(re, im) / sum;
  }

  private static double slowSpread(double[] filter, int side) {
    double sum = 0;
    double squares = 0;
    for (int v = 0; v < side; v++) {
      for (int u = 0; u < side; u++) {
        double power = slowPower(filter, side, frequency(v, side), frequency(u, side));
        sum += power;
        squares += power * power;
      }
    }
    return sum * sum / squares / (side * side);
  }

  private static double slowWindow(double[] filter, int side) {
    int k = Math.max(1, side / 2 - 1);
    double all = 0;
    for (double weight : filter) {
      all += weight * weight;
    }
    double best = 0;
    for (int top = 0; top + k <= side; top++) {
      for (int left = 0; left + k <= side; left++) {
        double energy = 0;
        for (int y = top; y < top + k; y++) {
          for (int x = left; x < left + k; x++) {
            energy += filter[y * side + x] * filter[y * side + x];
          }
        }
        best = Math.max(best, energy);
      }
    }
    return best / all;
  }
}
