package dev.sluice.probe;

import dev.sluice.compute.ColumnCorrelation;
import dev.sluice.compute.Statistics;

/**
 * How far embeddings z (n x d, row-major) move along the direction tau of progression that a model
 * of pairs in time has learnt, in float64. Everything is NaN where tau is zero, because there is no
 * direction, and where an entry is NaN.
 *
 * <p>Source: Zhao et al. 2020, arXiv 2006.06930 (LSSL).
 */
public final class Progression {
  private Progression() {}

  /** psi = z . tau / |tau|, length n: the age that each embedding shows. */
  public static double[] shownAge(double[] z, double[] direction, int n) {
    int d = direction.length;
    double norm = Alignment.norm(direction, 0, d);
    double[] shown = new double[n];
    for (int p = 0; p < n; p++) {
      shown[p] = Statistics.dot(z, p * d, direction, 0, d) / norm;
    }
    return shown;
  }

  /**
   * Correlation of psi with the true age, -1 to 1, higher is better; 0 where one of the two does
   * not vary. NaN below two samples.
   */
  public static double ageCorrelation(double[] z, double[] direction, double[] ages) {
    return largestCorrelation(z, direction, ages, 1, ages.length, false);
  }

  /**
   * Largest |correlation| of psi with something that it should not show, 0 to 1, lower is better.
   * NaN below two samples.
   *
   * @param nuisances row-major, n x count
   */
  public static double nuisanceCorrelation(
      double[] z, double[] direction, double[] nuisances, int count) {
    return largestCorrelation(z, direction, nuisances, count, nuisances.length / count, true);
  }

  private static double largestCorrelation(
      double[] z, double[] direction, double[] truth, int count, int n, boolean magnitude) {
    if (n < 2) {
      return Double.NaN;
    }
    ColumnCorrelation correlation =
        new ColumnCorrelation(shownAge(z, direction, n), 1, truth, count, n);
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < count; j++) {
      double value = correlation.of(0, j);
      largest = Math.max(largest, magnitude ? Math.abs(value) : value); // keeps a NaN
    }
    return largest;
  }

  /**
   * Mean cosine of z1 - z0 and tau, -1 to 1, higher is better; a pair that did not move counts as
   * 0.
   *
   * @param z0 embeddings of the earlier time
   * @param z1 embeddings of the later time
   */
  public static double directionCosine(double[] z0, double[] z1, double[] direction) {
    int d = direction.length;
    double[] moves = moves(z0, z1);
    double sum = 0;
    for (int at = 0; at < moves.length; at += d) {
      sum += Statistics.cosine(moves, at, direction, 0, d);
    }
    return isZero(direction) ? Double.NaN : sum * d / moves.length;
  }

  /** Share of pairs with psi larger at the later time, 0 to 1; 0.5 is chance, a tie is wrong. */
  public static double orderAccuracy(double[] z0, double[] z1, double[] direction) {
    int d = direction.length;
    double[] moves = moves(z0, z1);
    double right = 0;
    for (int at = 0; at < moves.length; at += d) {
      double advance = Statistics.dot(moves, at, direction, 0, d);
      if (Double.isNaN(advance)) {
        return Double.NaN;
      }
      right += advance > 0 ? 1 : 0;
    }
    return isZero(direction) ? Double.NaN : right * d / moves.length;
  }

  private static double[] moves(double[] z0, double[] z1) {
    double[] moves = z1.clone();
    Statistics.addScaled(-1, z0, 0, moves, 0, moves.length);
    return moves;
  }

  private static boolean isZero(double[] direction) {
    return Statistics.dot(direction, direction) == 0;
  }
}
