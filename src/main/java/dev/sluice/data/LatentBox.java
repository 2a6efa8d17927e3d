package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;

/**
 * Latents uniform in the unit box of R^n, with a positive that is near in every coordinate by
 * itself: a Laplace or normal step from z, drawn anew until it ends in the box. Immutable: any
 * thread may draw.
 *
 * <p>Source: Zimmermann et al. 2021 (arXiv 2102.08850), the box.
 */
public final class LatentBox implements LatentPairs {
  /** The law of a step before it is kept in the box. */
  public enum Law {
    /** Density proportional to exp(-|x| / scale). */
    LAPLACE,
    /** Of standard deviation {@code scale}. */
    NORMAL
  }

  /*
   * The law and the box are products, so that drawing a single coordinate anew until it is inside
   * is drawing the whole vector anew until it is.
   *
   * Each coordinate has 2^20 draws of its own in the stream of the second view, one an attempt. At
   * the largest scale and in a corner about 3 of 10 attempts end inside, so that nothing ever comes
   * to those of the next; were it to, the draws would repeat, not fail.
   */
  private static final int COORDINATE_BITS = 20;

  private static final double TO_UNIT = 0x1.0p-53;

  private final long seed;
  private final int size;
  private final Law law;
  private final double scale;

  /**
   * @param size n, at least 1
   * @param law of a step
   * @param scale lambda, in (0, 1]: the box has side 1
   */
  public LatentBox(long seed, int size, Law law, double scale) {
    if (size < 1) {
      throw new IllegalArgumentException("coordinates of a box must be at least 1: " + size);
    }
    if (!(scale > 0 && scale <= 1)) {
      throw new IllegalArgumentException("scale lambda of a step must be in (0, 1]: " + scale);
    }
    this.seed = seed;
    this.size = size;
    this.law = law;
    this.scale = scale;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void draw(long step, int firstRow, int rowCount, double[] latents, double[] positives) {
    CounterStream uniform = new CounterStream(seed, Purpose.LATENT, step);
    CounterStream conditional = new CounterStream(seed, Purpose.VIEW1, step);
    long first = (long) firstRow * size;
    for (int i = 0; i < rowCount * size; i++) {
      double latent = uniform.uniform(first + i);
      latents[i] = latent;
      positives[i] = near(latent, conditional, (first + i) << COORDINATE_BITS);
    }
  }

  private double near(double latent, CounterStream stream, long first) {
    for (long index = first; ; index++) {
      double x =
          latent + scale * (law == Law.LAPLACE ? laplace(stream, index) : stream.gaussian(index));
      if (x >= 0 && x <= 1) {
        return x;
      }
    }
  }

  /** The lowest bit gives the sign, the upper 53 the size by inversion. */
  private static double laplace(CounterStream stream, long index) {
    long bits = stream.bits(index);
    double size = -StrictMath.log(((bits >>> 11) + 1) * TO_UNIT);
    return (bits & 1) == 0 ? size : -size;
  }
}
