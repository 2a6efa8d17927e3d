package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Dense;
import dev.sluice.compute.SymmetricEigen;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds of the measures of embeddings whatever these are. */
class HealthPropertyTest {
  private static final int TRIES = 60;

  private static final Set<String> FREE_OF_ROTATION =
      Set.of(
          "norm",
          "rankme",
          "stable rank",
          "effective rank",
          "participation",
          "eigenvalue sum",
          "decay",
          "lidar",
          "uniformity",
          "alignment",
          "positive",
          "negative",
          "class geometry",
          "nearest mean",
          "class cosine",
          "class cosine deviation",
          "readout",
          "readout accuracy",
          "whitened");

  private static final Set<String> FREE_OF_SCALE =
      Set.of(
          "unit deviation",
          "rankme",
          "stable rank",
          "effective rank",
          "participation",
          "eigenvalue sum",
          "decay",
          "uniformity",
          "alignment",
          "positive",
          "negative",
          "class geometry",
          "nearest mean",
          "class cosine",
          "class cosine deviation",
          "readout",
          "readout accuracy",
          "mean correlation",
          "dead",
          "active",
          "hoyer",
          "gini",
          "whitened");

  @Property(tries = TRIES, seed = "1")
  void theOrderOfTheSamples_saysNothing(
      @ForAll long seed, @ForAll @IntRange(min = 12, max = 30) int n) {
    Embeddings before = new Embeddings(seed, n, 4);
    int[] order = new int[n];
    Arrays.setAll(order, p -> (n - 1 - p + 5) % n);
    Embeddings after = before.permuted(order);

    assertSame(before.measure(), after.measure(), before.measure().keySet(), 1e-9);
  }

  @Property(tries = TRIES, seed = "1")
  void turningTheEmbeddings_saysNothingOfTheirShape(@ForAll long seed) {
    Embeddings before = new Embeddings(seed, 20, 4);
    double[] vectors = Dense.symmetricPart(RandomRows.of(seed + 1, 4, 4), 4);
    SymmetricEigen eigen = SymmetricEigen.decompose(vectors, 4);
    double[] rotation = new double[16];
    for (int i = 0; i < 4; i++) {
      System.arraycopy(eigen.vector(i), 0, rotation, 4 * i, 4);
    }

    Embeddings after = before.mapped(z -> Dense.product(z, rotation, 20, 4, 4));

    assertSame(before.measure(), after.measure(), FREE_OF_ROTATION, 1e-9);
  }

  @Property(tries = TRIES, seed = "1")
  void theScaleOfTheEmbeddings_saysNothingOfTheirShape(
      @ForAll long seed, @ForAll @IntRange(min = -6, max = 6) int exponent) {
    Embeddings before = new Embeddings(seed, 20, 4);
    double factor = Math.pow(10, exponent);

    Embeddings after = before.mapped(z -> RandomRows.scaled(z, factor));

    assertSame(before.measure(), after.measure(), FREE_OF_SCALE, 1e-9);
  }

  @Property(tries = TRIES, seed = "1")
  void everythingLiesWithinItsRange(
      @ForAll long seed,
      @ForAll @IntRange(min = 4, max = 30) int n,
      @ForAll @IntRange(min = 2, max = 9) int d) {
    Map<String, Double> measured = new Embeddings(seed, n, d).measure();

    double least = Math.min(n, d);
    assertBetween(measured, "unit deviation", 0, 1);
    assertBetween(measured, "rankme", 1, least + 1e-4);
    assertBetween(measured, "stable rank", 1, least);
    assertBetween(measured, "effective rank", 1, least);
    assertBetween(measured, "participation", 1, least);
    assertBetween(measured, "eigenvalue sum", 1, least);
    assertBetween(measured, "decay", 0, Double.POSITIVE_INFINITY);
    assertBetween(measured, "lidar", 1, least + 1e-4);
    assertBetween(measured, "uniformity", -8, 0);
    assertBetween(measured, "alignment", 0, 4);
    assertBetween(measured, "positive", -1, 1);
    assertBetween(measured, "negative", -1, 1);
    assertBetween(measured, "off-diagonal", 0, 1);
    assertBetween(measured, "hoyer", 0, 1);
    assertBetween(measured, "gini", 0, 1 - 1.0 / d);
    assertBetween(measured, "class cosine", -1, 1);
    assertBetween(measured, "readout", 0, 1);
    assertBetween(measured, "mean correlation", 0, 1);
    assertBetween(measured, "commutator", 0, 2);
    assertBetween(measured, "eigenvector cosine", 0, 1);
  }

  private static void assertBetween(
      Map<String, Double> measured, String name, double low, double high) {
    assertThat(measured.get(name)).as(name).isBetween(low - 1e-12, high + 1e-12);
  }

  private static void assertSame(
      Map<String, Double> before, Map<String, Double> after, Set<String> names, double tolerance) {
    for (String name : names) {
      double value = before.get(name);
      assertThat(value).as(name).isNotNaN();
      assertThat(after.get(name))
          .as(name)
          .isCloseTo(value, within(tolerance * Math.max(1, Math.abs(value))));
    }
  }

  /** Two views of samples of three classes, with two latents each, d dimensions wide. */
  private static final class Embeddings {
    private final int n;
    private final int d;
    private final double[] z0;
    private final double[] z1;
    private final double[] latents;
    private final int[] labels;

    Embeddings(long seed, int n, int d) {
      this(
          n,
          d,
          RandomRows.of(seed, n, d),
          RandomRows.noisy(RandomRows.of(seed, n, d), 0.3, seed + 1),
          RandomRows.noisy(Arrays.copyOf(RandomRows.of(seed, n, d), 2 * n), 0.1, seed + 2),
          new int[n]);
      Arrays.setAll(labels, p -> 10 * (p % 3));
    }

    private Embeddings(int n, int d, double[] z0, double[] z1, double[] latents, int[] labels) {
      this.n = n;
      this.d = d;
      this.z0 = z0;
      this.z1 = z1;
      this.latents = latents;
      this.labels = labels;
    }

    Embeddings permuted(int[] order) {
      return new Embeddings(
          n,
          d,
          RandomRows.permuted(z0, order),
          RandomRows.permuted(z1, order),
          RandomRows.permuted(latents, order),
          RandomRows.permuted(labels, order));
    }

    Embeddings mapped(UnaryOperator<double[]> map) {
      return new Embeddings(n, d, map.apply(z0), map.apply(z1), latents, labels);
    }

    Map<String, Double> measure() {
      double[] spectrum = Dimensionality.spectrum(z0, n, d);
      double[] moments = NonContrastive.secondMoments(z0, n, d);
      double[] predictor = RandomRows.of(7, d, d);
      double[] direction = RandomRows.of(8, 1, d);
      double[] ages = new double[n];
      Arrays.setAll(ages, p -> latents[2 * p]);
      ClassGeometry.MeanCosines cosines = ClassGeometry.meanCosines(z0, labels, d);
      Map<String, Double> measured = new LinkedHashMap<>();
      measured.put("norm", Spread.meanNorm(z0, n, d));
      measured.put("deviation", Spread.deviations(z0, n, d)[0]);
      measured.put("unit deviation", Spread.unitDeviation(z0, n, d));
      measured.put("rankme", Dimensionality.rankMe(z0, n, d));
      measured.put("stable rank", Dimensionality.stableRank(z0, n, d));
      measured.put("effective rank", Dimensionality.effectiveRank(spectrum));
      measured.put("participation", Dimensionality.participationRatio(spectrum));
      measured.put("eigenvalue sum", Dimensionality.eigenvalueSum(spectrum));
      measured.put("decay", Dimensionality.decayOfLive(spectrum));
      measured.put("lidar", Dimensionality.lidar(z0, z1, n, d));
      measured.put("uniformity", PairGeometry.uniformity(z0, n, d));
      measured.put("alignment", PairGeometry.alignment(z0, z1, n, d));
      measured.put("positive", PairGeometry.positiveCosine(z0, z1, n, d));
      measured.put("negative", PairGeometry.negativeCosine(z0, z1, n, d));
      measured.put("off-diagonal covariance", Redundancy.covariance(z0, n, d));
      measured.put("off-diagonal", Redundancy.correlation(z0, n, d));
      measured.put("dead", Sparsity.deadFraction(z0, n, d));
      measured.put("active", Sparsity.activeFraction(z0));
      measured.put("hoyer", Sparsity.hoyer(z0, n, d));
      measured.put("gini", Sparsity.gini(z0, n, d));
      measured.put("class geometry", ClassGeometry.withinOverBetween(z0, labels, d));
      measured.put("nearest mean", ClassGeometry.nearestMeanAccuracy(z0, labels, z1, labels, d));
      measured.put("class cosine", cosines.mean());
      measured.put("class cosine deviation", cosines.deviation());
      measured.put("readout", LinearReadout.meanR2(z0, latents, d, 2));
      measured.put("readout accuracy", LinearReadout.accuracy(z0, labels, z0, labels, d));
      measured.put("mean correlation", Identifiability.meanCorrelation(latents, 2, z0, d, n));
      measured.put("commutator", NonContrastive.commutator(predictor, moments, d));
      measured.put("eigenvector cosine", NonContrastive.eigenvectorCosine(predictor, moments, d));
      measured.put("age", Progression.ageCorrelation(z0, direction, ages));
      measured.put("nuisance", Progression.nuisanceCorrelation(z0, direction, latents, 2));
      measured.put("direction", Progression.directionCosine(z0, z1, direction));
      measured.put("order", Progression.orderAccuracy(z0, z1, direction));
      measured.put("whitened", WhitenedDistance.of(z0, z1, n, d));
      return measured;
    }
  }
}
