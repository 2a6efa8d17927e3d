package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClassGeometryTest {

  @Test
  void aSimplexOfMeans_hasTheCosinesOfASimplex() {
    double[] z = new double[32];
    for (int p = 0; p < 8; p++) {
      z[p * 4 + p % 4] = 3;
    }

    ClassGeometry.MeanCosines simplex =
        ClassGeometry.meanCosines(z, new int[] {0, 1, 2, 3, 0, 1, 2, 3}, 4);

    assertThat(simplex.mean()).isCloseTo(-1.0 / 3, within(1e-15));
    assertThat(simplex.deviation()).isCloseTo(0, within(1e-15));
  }

  @Test
  void cosines_ofMeansOnALine_areAsOnPaper() {
    // means -2, 0 and 2: the middle one is the mean of all
    ClassGeometry.MeanCosines line =
        ClassGeometry.meanCosines(new double[] {-2, 0, 2}, new int[] {1, 2, 3}, 1);

    assertThat(line.mean()).isCloseTo(-1.0 / 3, within(1e-15));
    assertThat(line.deviation()).isCloseTo(Math.sqrt(2) / 3, within(1e-15));
  }

  @Test
  void withinOverBetween_asOnPaper() {
    // class means -1 and 1 with 0.25 about them: Sw 1/16, Sb 1, two classes
    double[] z = {-1.25, -0.75, 0.75, 1.25};

    assertThat(ClassGeometry.withinOverBetween(z, new int[] {4, 4, 9, 9}, 1))
        .isCloseTo(0.0625 / 2, within(1e-15));
  }

  @Test
  void withinOverBetween_ofPoints_isZero_andOfOnePoint_isUndefined() {
    double[] points = {1, 0.1, 2, 0.7, 1, 0.1, 2, 0.7};
    double[] point = new double[8];
    Arrays.fill(point, 0.1);
    int[] labels = {0, 1, 0, 1};

    assertThat(ClassGeometry.withinOverBetween(points, labels, 2)).isCloseTo(0, within(1e-30));
    assertThat(ClassGeometry.withinOverBetween(point, labels, 2)).isNaN();
    ClassGeometry.MeanCosines cosines = ClassGeometry.meanCosines(point, labels, 2);
    assertThat(cosines.mean()).isZero();
  }

  @Test
  void nearestMean_isScoredOnWhatItHasNotSeen() {
    double[] training = {0, 0, 2, 0, 10, 0, 12, 0};
    int[] labels = {3, 3, 8, 8};
    double[] test = {5, 0, 7, 0, 6, 0, 1, 1};

    assertThat(ClassGeometry.nearestMeanAccuracy(training, labels, test, new int[] {3, 8, 3, 5}, 2))
        .as("the third is a tie and goes to the smaller, the fourth has a label never seen")
        .isEqualTo(0.75);
  }

  @Test
  void oneClass_noSamples_andWhatIsNotANumber_areUndefined() {
    double[] z = {1, 2, 3, 4};
    int[] one = new int[4];
    int[] two = {0, 1, 0, 1};
    double[] broken = {1, 2, Double.NaN, 4};

    assertThat(ClassGeometry.withinOverBetween(z, one, 1)).isNaN();
    assertThat(ClassGeometry.meanCosines(z, one, 1).mean()).isNaN();
    assertThat(ClassGeometry.meanCosines(z, one, 1).deviation()).isNaN();
    assertThat(ClassGeometry.nearestMeanAccuracy(z, one, z, one, 1)).isNaN();
    assertThat(ClassGeometry.withinOverBetween(new double[0], new int[0], 1)).isNaN();
    assertThat(ClassGeometry.nearestMeanAccuracy(z, two, new double[0], new int[0], 1)).isNaN();
    assertThat(ClassGeometry.withinOverBetween(broken, two, 1)).isNaN();
    assertThat(ClassGeometry.meanCosines(broken, two, 1).mean()).isNaN();
    assertThat(ClassGeometry.nearestMeanAccuracy(broken, two, z, two, 1)).isNaN();
    assertThat(ClassGeometry.nearestMeanAccuracy(z, two, broken, two, 1)).isNaN();
  }
}
