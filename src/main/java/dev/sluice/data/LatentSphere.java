package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;

/**
 * Latents uniform on the unit sphere of R^n, with a positive from the von Mises-Fisher law around
 * them: density proportional to exp(kappa z'z+). Immutable: any thread may draw.
 *
 * <p>Source: Zimmermann et al. 2021 (arXiv 2102.08850), the sphere.
 */
public final class LatentSphere implements LatentPairs {
  /*
   * The cosine w = z'z+ is drawn by rejection [1]: w = (1 - (1+b) t) / (1 - (1-b) t) with t from
   * Beta((n-1)/2, (n-1)/2), which is (1+u)/2 with u a coordinate of a uniform point of the sphere.
   * What is left of z+ is a uniform direction orthogonal to z.
   *
   * Each row has 2^20 draws of its own in the stream of the second view: n for the direction, then
   * n + 1 for each attempt. Between 0.65 and all attempts are accepted, whatever n and kappa, so
   * that nothing ever comes to the draws of the next row; were it to, they would repeat, not fail.
   *
   * [1] Wood 1994, Simulation of the von Mises Fisher distribution.
   */
  private static final int ROW_BITS = 20;

  private static final int MAX_SIZE = 64;

  private final long seed;
  private final int size;
  private final double concentration;
  private final double envelope;
  private final double offset;
  private final double bound;

  /**
   * @param size n, at least 2
   * @param concentration kappa, at least 0; at 0 the positive does not depend on the latent
   */
  public LatentSphere(long seed, int size, double concentration) {
    if (size < 2 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "coordinates of a sphere must be in [2, " + MAX_SIZE + "]: " + size);
    }
    if (!(concentration >= 0 && concentration <= 1e6)) {
      throw new IllegalArgumentException(
          "concentration kappa must be in [0, 1e6]: " + concentration);
    }
    this.seed = seed;
    this.size = size;
    this.concentration = concentration;
    double m = size - 1;
    envelope = m / (2 * concentration + Math.sqrt(4 * concentration * concentration + m * m));
    offset = (1 - envelope) / (1 + envelope);
    bound = concentration * offset + m * StrictMath.log(1 - offset * offset);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void draw(long step, int firstRow, int rowCount, double[] latents, double[] positives) {
    CounterStream uniform = new CounterStream(seed, Purpose.LATENT, step);
    CounterStream conditional = new CounterStream(seed, Purpose.VIEW1, step);
    for (int r = 0; r < rowCount; r++) {
      long row = (long) firstRow + r;
      int at = r * size;
      gaussians(uniform, row * size, latents, at);
      scale(latents, at, 1 / Math.sqrt(dot(latents, at, latents, at)));
      positive(conditional, row << ROW_BITS, latents, positives, at);
    }
  }

  private void positive(
      CounterStream stream, long first, double[] latents, double[] positives, int at) {
    double cosine = cosine(stream, first + size);
    gaussians(stream, first, positives, at);
    double along = dot(latents, at, positives, at);
    for (int i = at; i < at + size; i++) {
      positives[i] -= along * latents[i];
    }
    double sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
    double factor = sine / Math.sqrt(dot(positives, at, positives, at));
    for (int i = at; i < at + size; i++) {
      positives[i] = cosine * latents[i] + factor * positives[i];
    }
  }

  private double cosine(CounterStream stream, long first) {
    for (long index = first; ; index += size + 1) {
      double t = (1 + coordinate(stream, index)) / 2;
      double w = (1 - (1 + envelope) * t) / (1 - (1 - envelope) * t);
      double ratio = concentration * w + (size - 1) * StrictMath.log(1 - offset * w) - bound;
      if (stream.uniform(index + size) < StrictMath.exp(ratio)) {
        return w;
      }
    }
  }

  /** A coordinate of a uniform point of the sphere, from n draws. */
  private double coordinate(CounterStream stream, long first) {
    double coordinate = stream.gaussian(first);
    double square = coordinate * coordinate;
    for (int i = 1; i < size; i++) {
      double other = stream.gaussian(first + i);
      square += other * other;
    }
    return coordinate / Math.sqrt(square);
  }

  private void gaussians(CounterStream stream, long first, double[] target, int at) {
    for (int i = 0; i < size; i++) {
      target[at + i] = stream.gaussian(first + i);
    }
  }

  private void scale(double[] values, int at, double factor) {
    for (int i = at; i < at + size; i++) {
      values[i] *= factor;
    }
  }

  private double dot(double[] a, int atA, double[] b, int atB) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += a[atA + i] * b[atB + i];
    }
    return sum;
  }
}
