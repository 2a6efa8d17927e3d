package dev.sluice.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterStreamTest {
  private static final int MANY = 400_000;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE})
  void gaussiansHaveTheMomentsOfTheNormalLaw(long seed) {
    double[] g = gaussians(new CounterStream(seed, Purpose.NOISE, 3), MANY);
    double[] moments = new double[7];
    for (double x : g) {
      double power = 1;
      for (int k = 1; k <= 6; k++) {
        power *= x;
        moments[k] += power / MANY;
      }
    }
    // four standard errors: the variance of x^k over n
    assertThat(moments[1]).isCloseTo(0, within(4 * Math.sqrt(1.0 / MANY)));
    assertThat(moments[2]).isCloseTo(1, within(4 * Math.sqrt(2.0 / MANY)));
    assertThat(moments[3]).isCloseTo(0, within(4 * Math.sqrt(15.0 / MANY)));
    assertThat(moments[4]).isCloseTo(3, within(4 * Math.sqrt(96.0 / MANY)));
    assertThat(moments[6]).isCloseTo(15, within(4 * Math.sqrt(10170.0 / MANY)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 1234567})
  void gaussiansFollowTheNormalDistribution(long seed) {
    double[] g = gaussians(new CounterStream(seed, Purpose.NOISE, 0), MANY);
    Arrays.sort(g);
    double largest = 0;
    double cumulative = 0.5;
    double from = 0;
    // the distribution function by Simpson's rule from value to value, outward from 0
    int middle = ~Arrays.binarySearch(g, 0);
    for (int i = middle; i < MANY; i++) {
      cumulative += areaUnderDensity(from, g[i]);
      from = g[i];
      largest = Math.max(largest, Math.abs((i + 0.5) / MANY - cumulative));
    }
    cumulative = 0.5;
    from = 0;
    for (int i = middle - 1; i >= 0; i--) {
      cumulative -= areaUnderDensity(g[i], from);
      from = g[i];
      largest = Math.max(largest, Math.abs((i + 0.5) / MANY - cumulative));
    }
    // Kolmogorov and Smirnov at one in a thousand
    assertThat(largest).isLessThan(1.95 / Math.sqrt(MANY));
  }

  @Test
  void tailsAreAsHeavyAsTheyShouldBe() {
    double[] g = gaussians(new CounterStream(5, Purpose.NOISE, 1), 4_000_000);
    int beyond3 = 0;
    int beyond4 = 0;
    for (double x : g) {
      beyond3 += Math.abs(x) > 3 ? 1 : 0;
      beyond4 += Math.abs(x) > 4 ? 1 : 0;
    }
    assertThat(beyond3 / 4e6).isCloseTo(2.6998e-3, within(4 * Math.sqrt(2.7e-3 / 4e6)));
    assertThat(beyond4 / 4e6).isCloseTo(6.3342e-5, within(4 * Math.sqrt(6.4e-5 / 4e6)));
  }

  @Test
  void filledGaussiansAreTheOnesOfTheirIndices() {
    CounterStream stream = new CounterStream(11, Purpose.LATENT, 9);
    float[] filled = new float[3001];
    stream.fillGaussian(filled, 1, 3000, 70, 0.5);
    float[] added = new float[3000];
    Arrays.fill(added, 2f);
    stream.addGaussian(added, 0, 3000, 70, 0.5);
    assertThat(filled[0]).isZero();
    for (int i = 0; i < 3000; i++) {
      float expected = (float) (0.5 * stream.gaussian(70 + i));
      assertThat(filled[i + 1]).isEqualTo(expected);
      assertThat(added[i]).isEqualTo(2f + expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 700})
  void filledBitsAreTheOnesOfTheirIndices(int length) {
    CounterStream stream = new CounterStream(3, Purpose.MASK, -1);
    long[] filled = new long[length + 1];
    stream.fillBits(filled, length, 1L << 40);
    for (int i = 0; i < length; i++) {
      assertThat(filled[i]).isEqualTo(stream.bits((1L << 40) + i));
    }
    assertThat(filled[length]).isZero();
  }

  @Test
  void valuesDoNotDependOnWhatWasDrawnBefore() {
    double[] forward = gaussians(new CounterStream(8, Purpose.NOISE, 2), 1000);
    CounterStream stream = new CounterStream(8, Purpose.NOISE, 2);
    for (int i = 999; i >= 0; i--) {
      assertThat(stream.gaussian(i)).isEqualTo(forward[i]);
    }
  }

  @Test
  void belowIsUniform() {
    CounterStream stream = new CounterStream(2, Purpose.POOL_INDEX, 4);
    int bound = 40;
    double[] counts = new double[bound];
    for (int i = 0; i < MANY; i++) {
      int drawn = stream.below(bound, i);
      counts[drawn]++; // beyond the bound it would throw
    }
    double expected = (double) MANY / bound;
    double chiSquare = 0;
    for (double count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // 39 degrees of freedom: one in a thousand lies above 72
    assertThat(chiSquare).isLessThan(72);
    assertThat(stream.below(1, 99)).isZero();
    assertThat(stream.below(Integer.MAX_VALUE, 5)).isNotNegative();
  }

  @Test
  void uniformsFillTheUnitIntervalAndEveryBitIsFair() {
    CounterStream stream = new CounterStream(6, Purpose.MASK, 0);
    double sum = 0;
    int[] ones = new int[64];
    for (int i = 0; i < MANY; i++) {
      double u = stream.uniform(i);
      assertThat(u >= 0 && u < 1).isTrue();
      sum += u;
      long bits = stream.bits(i);
      for (int b = 0; b < 64; b++) {
        ones[b] += (int) (bits >>> b & 1);
      }
    }
    assertThat(sum / MANY).isCloseTo(0.5, within(4 / Math.sqrt(12.0 * MANY)));
    for (int count : ones) {
      assertThat(count / (double) MANY).isCloseTo(0.5, within(4.5 * 0.5 / Math.sqrt(MANY)));
    }
  }

  @Test
  void streamsOfDifferentSeedsPurposesAndStepsAreUnrelated() {
    int n = 20_000;
    double[][] streams = {
      gaussians(new CounterStream(1, Purpose.NOISE, 5), n),
      gaussians(new CounterStream(2, Purpose.NOISE, 5), n),
      gaussians(new CounterStream(1, Purpose.NEGATIVE_NOISE, 5), n),
      gaussians(new CounterStream(1, Purpose.NOISE, 6), n),
      gaussians(new CounterStream(1, Purpose.NOISE, -5), n),
      gaussians(new CounterStream(5, Purpose.NOISE, 1), n),
    };
    for (int a = 0; a < streams.length; a++) {
      for (int b = 0; b < a; b++) {
        for (int lag = -2; lag <= 2; lag++) {
          double covariance = 0;
          for (int i = 2; i < n - 2; i++) {
            covariance += streams[a][i] * streams[b][i + lag] / n;
          }
          assertThat(covariance).isCloseTo(0, within(4.5 / Math.sqrt(n)));
        }
      }
    }
  }

  @Test
  void theFirstBitsOfAllPurposesAndStepsDiffer() {
    Set<Long> seen = new HashSet<>();
    int streams = 0;
    for (long seed = 0; seed < 8; seed++) {
      for (Purpose purpose : Purpose.values()) {
        for (long step = -3; step < 200; step++) {
          seen.add(new CounterStream(seed, purpose, step).bits(0));
          streams++;
        }
      }
    }
    assertThat(seen).hasSize(streams);
  }

  @Test
  void valuesAreTheSameOnEveryMachine() {
    CounterStream stream = new CounterStream(2021, Purpose.NOISE, 17);
    assertThat(stream.bits(0)).isEqualTo(BITS);
    long hash = 0;
    for (int i = 0; i < 200_000; i++) {
      hash = 31 * hash + Double.doubleToLongBits(stream.gaussian(i));
    }
    assertThat(hash).isEqualTo(GAUSSIANS);
  }

  // recorded on JDK 17, equal on JDK 25
  private static final long BITS = 4223084203240610928L;
  private static final long GAUSSIANS = -2110933285958947524L;

  private static double[] gaussians(CounterStream stream, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = stream.gaussian(i);
    }
    return values;
  }

  private static double areaUnderDensity(double from, double to) {
    double middle = density((from + to) / 2);
    return (to - from) / 6 * (density(from) + 4 * middle + density(to));
  }

  private static double density(double x) {
    return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }
}
