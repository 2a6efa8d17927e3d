package dev.sluice.probe;

import dev.sluice.compute.PseudoInverse;
import dev.sluice.compute.Statistics;

/**
 * How far apart the k outputs of a positive pair lie once they are whitened: what of the
 * augmentation graph a class of functions can realise.
 *
 * <p>Source: HaoChen and Ma 2022, arXiv 2211.14699 (phi).
 */
public final class WhitenedDistance {
  private WhitenedDistance() {}

  /**
   * phi = mean |f(x) - f(x+)|^2 with f mapped linearly so that its second moments over both views,
   * not centred, are the identity; 0 to 4 k, lower is better, 2 k when the views share nothing. NaN
   * where the outputs do not span k dimensions, because they cannot be whitened, and in, NaN out.
   *
   * @param f0 outputs of the first views, row-major n x k
   * @param f1 outputs of the second views, row-major n x k
   */
  public static double of(double[] f0, double[] f1, int n, int k) {
    double[] moments = Statistics.gramOfColumns(f0, n, k);
    Statistics.addScaled(1, Statistics.gramOfColumns(f1, n, k), 0, moments, 0, moments.length);
    PseudoInverse inverse = new PseudoInverse(moments, k);
    if (inverse.rank() < k) {
      return Double.NaN;
    }
    double[] difference = f0.clone();
    Statistics.addScaled(-1, f1, 0, difference, 0, difference.length);
    // the moments are sums over 2 n outputs, the distances over n pairs
    return 2 * inverse.traceOfProduct(Statistics.gramOfColumns(difference, n, k));
  }
}
