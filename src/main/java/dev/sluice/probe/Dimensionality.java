package dev.sluice.probe;

import dev.sluice.compute.Dense;
import dev.sluice.compute.Statistics;
import dev.sluice.compute.SymmetricEigen;
import java.util.Arrays;

/**
 * How many dimensions embeddings (n x d, row-major) really use, in float64. All fall towards 1 with
 * dimensional collapse and are 0 where there is no energy at all. What is not centred also sees a
 * constant offset, complete collapse. NaN in, NaN out, and NaN without samples.
 */
public final class Dimensionality {
  /** Added to every share, as the definition of RankMe has it. */
  private static final double SMOOTHING = 1e-7;

  /** Of the largest eigenvalue: what lies below counts as this much in the decay. */
  private static final double FLOOR = 1e-12;

  /** Added to each direction's scatter within pairs, so that it can be inverted. */
  private static final double LIDAR_RIDGE = 1e-4;

  private Dimensionality() {}

  /**
   * Eigenvalues of the centred covariance (divisor n - 1), d of them, largest first; all NaN below
   * two samples. Each is read off the data along its eigenvector, so that those far below the
   * largest keep their digits.
   */
  public static double[] spectrum(double[] z, int n, int d) {
    double[] spectrum = new double[d];
    if (n < 2) {
      Arrays.fill(spectrum, Double.NaN);
      return spectrum;
    }
    double[] centred = z.clone();
    Statistics.centreColumns(centred, n, d);
    double[] rows = centred;
    int length = n;
    int size = d;
    if (n < d) {
      rows = Statistics.transpose(centred, n, d);
      length = d;
      size = n;
    }
    SymmetricEigen eigen =
        SymmetricEigen.decompose(Statistics.gramOfColumns(rows, length, size), size);
    for (int i = 0; i < size; i++) {
      double[] scores = Dense.product(rows, eigen.vector(i), length, size, 1);
      spectrum[i] = Statistics.dot(scores, scores) / (n - 1);
    }
    return descending(spectrum);
  }

  private static double[] descending(double[] values) {
    Arrays.sort(values);
    double[] turned = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i] = values[values.length - 1 - i];
    }
    return turned;
  }

  /**
   * RankMe: exp of the entropy of s_i / sum s + 1e-7, s the singular values of z, not centred;
   * about 1 to min(n, d).
   *
   * <p>Source: Garrido et al. 2023, arXiv 2210.02885.
   */
  public static double rankMe(double[] z, int n, int d) {
    double[] values = EffectiveRank.squaredSingularValues(z, n, d);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sqrt(values[i]);
    }
    return smoothedRank(values);
  }

  /** |Z|^2 / s_1^2 with s the singular values of z, not centred; 1 to min(n, d). */
  public static double stableRank(double[] z, int n, int d) {
    return sumOverLargest(EffectiveRank.squaredSingularValues(z, n, d));
  }

  /**
   * exp of the entropy of the covariance's eigenvalues over their sum, 1 to d.
   *
   * <p>Source: Roy and Vetterli 2007.
   */
  public static double effectiveRank(double[] spectrum) {
    return Statistics.effectiveRank(spectrum);
  }

  /** (sum l)^2 / sum l^2 of the covariance's eigenvalues, 1 to d. */
  public static double participationRatio(double[] spectrum) {
    double sum = sum(spectrum);
    return sum == 0 ? 0 : sum * sum / Statistics.dot(spectrum, spectrum);
  }

  /**
   * Sum of the covariance's eigenvalues over the largest, 1 to d.
   *
   * <p>Source: He and Ozay 2022 (NESum).
   */
  public static double eigenvalueSum(double[] spectrum) {
    return sumOverLargest(spectrum);
  }

  /**
   * Decay of the covariance's spectrum: minus the slope of ln l_j over ln j by least squares, at
   * least 0; about 1 is good, much more is dimensional collapse. Eigenvalues below 1e-12 of the
   * largest count as that much, so one dead dimension dominates: see {@link #decayOfLive}. NaN for
   * fewer than two eigenvalues or where nothing varies, because there is no slope.
   *
   * <p>Source: Agrawal et al. 2022 (alpha-ReQ).
   *
   * @param spectrum largest first
   */
  public static double decay(double[] spectrum) {
    if (spectrum.length < 2 || !(spectrum[0] > 0)) {
      return Double.NaN;
    }
    double[] floored = spectrum.clone();
    for (int j = 0; j < floored.length; j++) {
      floored[j] = Math.max(floored[j], FLOOR * spectrum[0]);
    }
    return -slopeOfLogarithms(floored);
  }

  /**
   * As {@link #decay} over the eigenvalues above 1e-12 of the largest alone: dead dimensions are
   * left out. NaN where fewer than two are left.
   */
  public static double decayOfLive(double[] spectrum) {
    int live = 0;
    while (live < spectrum.length && spectrum[live] > FLOOR * spectrum[0]) {
      live++;
    }
    return decay(Arrays.copyOf(spectrum, live));
  }

  /**
   * LiDAR: smoothed exponential entropy of the eigenvalues of Sw^-1/2 Sb Sw^-1/2, about 1 to d; Sw
   * the scatter within positive pairs plus 1e-4 I, Sb the scatter of the pairs' means. NaN below
   * two pairs.
   *
   * <p>Source: Thilak et al. 2023, arXiv 2312.04000.
   *
   * @param z0 embeddings of the first views, n x d
   * @param z1 embeddings of the second views, n x d
   */
  public static double lidar(double[] z0, double[] z1, int n, int d) {
    if (n < 2) {
      return Double.NaN;
    }
    double[] difference = new double[z0.length];
    double[] mean = new double[z0.length];
    for (int i = 0; i < mean.length; i++) {
      difference[i] = z0[i] - z1[i];
      mean[i] = (z0[i] + z1[i]) / 2;
    }
    Statistics.centreColumns(mean, n, d);
    double[] within = Statistics.gramOfColumns(difference, n, d);
    for (int i = 0; i < within.length; i++) {
      // two points of a pair: half the square of their difference is their variance
      within[i] = within[i] / (2.0 * n) + (i % (d + 1) == 0 ? LIDAR_RIDGE : 0);
    }
    double[] whitening = SymmetricEigen.decompose(within, d).map(value -> 1 / Math.sqrt(value));
    return smoothedRank(
        EffectiveRank.squaredSingularValues(Dense.product(mean, whitening, n, d, d), n, d));
  }

  private static double smoothedRank(double[] values) {
    double sum = sum(values);
    if (sum == 0) {
      return withoutEnergy(values);
    }
    double entropy = 0;
    for (double value : values) {
      double share = value / sum + SMOOTHING;
      entropy -= share * Math.log(share);
    }
    return Math.exp(entropy);
  }

  private static double sumOverLargest(double[] descending) {
    double sum = sum(descending);
    return sum == 0 ? withoutEnergy(descending) : sum / descending[0];
  }

  private static double withoutEnergy(double[] values) {
    return values.length == 0 ? Double.NaN : 0;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double slopeOfLogarithms(double[] values) {
    int n = values.length;
    double[] x = new double[n];
    double[] y = new double[n];
    for (int j = 0; j < n; j++) {
      x[j] = Math.log(j + 1);
      y[j] = Math.log(values[j]);
    }
    Statistics.centreColumns(x, n, 1);
    Statistics.centreColumns(y, n, 1);
    return Statistics.dot(x, y) / Statistics.dot(x, x);
  }
}
