package dev.sluice.probe;

import dev.sluice.compute.PseudoInverse;
import dev.sluice.compute.Statistics;

/**
 * How labelled embeddings z (n x d, row-major) lie about the means of their classes, in float64. A
 * label that no sample has is no class; with fewer than two classes everything is NaN. NaN in, NaN
 * out.
 */
public final class ClassGeometry {
  private ClassGeometry() {}

  /**
   * Variability within classes against that between them, tr(Sw Sb+) / C, at least 0; towards 0 is
   * neural collapse. Sw over all samples, Sb over the means of the classes about the mean of all
   * samples, each class alike. NaN where all classes have the same mean.
   *
   * <p>Source: Papyan, Han and Donoho 2020, arXiv 2008.08186 (NC1).
   */
  public static double withinOverBetween(double[] z, int[] labels, int d) {
    double[] centred = centred(z, labels.length, d);
    Classes classes = new Classes(centred, labels, d);
    int count = classes.count();
    if (count < 2) {
      return Double.NaN;
    }
    double[] within =
        Statistics.gramOfColumns(classes.residuals(centred, labels), labels.length, d);
    double[] between = Statistics.gramOfColumns(classes.centredMeans(), count, d);
    PseudoInverse inverse = new PseudoInverse(between, d);
    if (inverse.rank() == 0) {
      return Double.NaN;
    }
    // Sw = within / n and Sb = between / C: the divisor C of the measure goes
    return inverse.traceOfProduct(within) / labels.length;
  }

  /**
   * Share of test samples whose own class has the nearest mean, 0 to 1; 1 / C is chance. Of means
   * equally near the one of the smallest label is taken; a label that training does not have is
   * never found. NaN without test samples or where a distance is NaN.
   *
   * @param training samples that the means are of, row-major
   * @param test samples asked about, row-major
   */
  public static double nearestMeanAccuracy(
      double[] training, int[] trainingLabels, double[] test, int[] testLabels, int d) {
    Classes classes = new Classes(training, trainingLabels, d);
    if (classes.count() < 2) {
      return Double.NaN;
    }
    double[] means = classes.means();
    double right = 0;
    for (int p = 0; p < testLabels.length; p++) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < classes.count(); c++) {
        double distance = squaredDistance(test, p * d, means, c * d, d);
        if (Double.isNaN(distance)) {
          return Double.NaN;
        }
        if (distance < least) {
          least = distance;
          nearest = c;
        }
      }
      right += classes.label(nearest) == testLabels[p] ? 1 : 0;
    }
    return right / testLabels.length;
  }

  /**
   * Cosines of the means of two different classes about the mean of all samples.
   *
   * @param mean over pairs of classes, -1 / (C - 1) when they are a simplex
   * @param deviation over those pairs (population), 0 when they are a simplex
   */
  public record MeanCosines(double mean, double deviation) {}

  /** A class whose mean is that of all samples has cosine 0. */
  public static MeanCosines meanCosines(double[] z, int[] labels, int d) {
    Classes classes = new Classes(centred(z, labels.length, d), labels, d);
    int count = classes.count();
    if (count < 2) {
      return new MeanCosines(Double.NaN, Double.NaN);
    }
    double[] means = classes.centredMeans();
    double[] cosines = new double[count * (count - 1) / 2];
    int at = 0;
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < a; b++) {
        cosines[at++] = Statistics.cosine(means, a * d, means, b * d, d);
      }
    }
    double mean = Statistics.mean(cosines);
    Statistics.centreColumns(cosines, cosines.length, 1);
    double variance = Statistics.dot(cosines, cosines) / cosines.length;
    return new MeanCosines(mean, Math.sqrt(variance));
  }

  /** So that samples which are all alike have class means of exactly 0, not of rounding errors. */
  private static double[] centred(double[] z, int n, int d) {
    double[] centred = z.clone();
    if (n > 0) {
      Statistics.centreColumns(centred, n, d);
    }
    return centred;
  }

  private static double squaredDistance(double[] a, int offsetA, double[] b, int offsetB, int d) {
    double sum = 0;
    for (int c = 0; c < d; c++) {
      double difference = a[offsetA + c] - b[offsetB + c];
      sum += difference * difference;
    }
    return sum;
  }
}
