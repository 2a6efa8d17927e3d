package dev.sluice.probe;

import dev.sluice.compute.Dense;
import dev.sluice.compute.Statistics;
import dev.sluice.compute.SymmetricEigen;

/**
 * The predictor Wp of a method without negatives (d x d, row-major) against the second moments F of
 * the embeddings it predicts from, in float64. In the linear theory the two come to share their
 * eigenvectors. NaN in, NaN out.
 *
 * <p>Source: Tian, Chen and Ganguli 2021, arXiv 2102.06810.
 */
public final class NonContrastive {
  private NonContrastive() {}

  /** F = mean z z', not centred, d x d; NaN without samples. */
  public static double[] secondMoments(double[] z, int n, int d) {
    double[] moments = Statistics.gramOfColumns(z, n, d);
    for (int i = 0; i < moments.length; i++) {
      moments[i] /= n;
    }
    return moments;
  }

  /** Eigenvalues of the symmetric part of a d x d matrix, largest first. */
  public static double[] symmetricEigenvalues(double[] matrix, int d) {
    return SymmetricEigen.values(Dense.symmetricPart(matrix, d), d);
  }

  /**
   * |Wp F - F Wp| / (|Wp| |F|) in Frobenius norms, 0 when they share their eigenvectors, at most 2.
   * NaN where one of them is zero, because it then shares any.
   */
  public static double commutator(double[] predictor, double[] moments, int d) {
    double scale = Dense.frobenius(predictor) * Dense.frobenius(moments);
    if (scale == 0) {
      return Double.NaN;
    }
    double[] difference = Dense.product(predictor, moments, d, d, d);
    Statistics.addScaled(
        -1, Dense.product(moments, predictor, d, d, d), 0, difference, 0, difference.length);
    return Dense.frobenius(difference) / scale;
  }

  /**
   * Mean over the eigenvectors u of F of |cos(u, Wp u)|, 0 to 1, 1 when all are eigenvectors of Wp
   * too; an eigenvector that Wp maps to nothing counts as 0. Where eigenvalues of F coincide its
   * eigenvectors are arbitrary: prefer {@link #commutator}. NaN where F is zero.
   */
  public static double eigenvectorCosine(double[] predictor, double[] moments, int d) {
    SymmetricEigen eigen = SymmetricEigen.decompose(moments, d);
    double sum = 0;
    for (int j = 0; j < d; j++) {
      double[] direction = eigen.vector(j);
      double[] image = Dense.product(predictor, direction, d, d, 1);
      sum += Math.abs(Statistics.cosine(direction, 0, image, 0, d));
    }
    return Dense.frobenius(moments) == 0 ? Double.NaN : sum / d;
  }
}
