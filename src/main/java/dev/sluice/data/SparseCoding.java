package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sparse codes under dense noise: x = M z + xi. M has random orthonormal columns; the latents z_j
 * are independent, -1, 0 or 1, and symmetric; xi is white Gaussian noise in every direction.
 * Immutable: any thread may draw.
 *
 * <p>Source: Wen and Li 2021 (arXiv 2105.15134), the sparse coding model.
 */
public final class SparseCoding implements AnchorSource {
  /** Largest probability of a latent in {@link #unequalProbabilities}. */
  private static final double MAX_PROBABILITY = 0.9;

  /** A latent takes half a draw: 31 bits decide whether it is 0, the lowest gives its sign. */
  private static final long HALF = 0x7fff_ffffL;

  private static final double TO_LIMIT = 0x1.0p31;

  private final long seed;
  private final int inputs;
  private final long[] limits;
  private final double noise;
  private final Dictionary dictionary;
  private final float[][] columns;
  private final ThreadLocal<float[]> scratch;
  private final Purpose latentPurpose;
  private final Purpose noisePurpose;

  /**
   * @param inputs d1, width of a sample, at least the number of features
   * @param probabilities P(z_j not 0), one a feature, each in [0, 1]
   * @param noiseVariance sigma^2, variance of xi along any direction, >= 0
   */
  public SparseCoding(long seed, int inputs, double[] probabilities, double noiseVariance) {
    int features = probabilities.length;
    if (features < 1 || inputs < features) {
      throw new IllegalArgumentException(
          "a dictionary needs 1 <= features <= inputs, given features "
              + features
              + ", inputs "
              + inputs);
    }
    if (!(noiseVariance >= 0 && noiseVariance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("noise variance must be at least 0: " + noiseVariance);
    }
    this.seed = seed;
    this.inputs = inputs;
    noise = Math.sqrt(noiseVariance);
    limits = new long[features];
    for (int j = 0; j < features; j++) {
      if (!(probabilities[j] >= 0 && probabilities[j] <= 1)) {
        throw new IllegalArgumentException(
            "probability of latent " + j + " must be in [0, 1]: " + probabilities[j]);
      }
      limits[j] = Math.round(probabilities[j] * TO_LIMIT);
    }
    double[][] exact =
        Orthonormal.columns(new CounterStream(seed, Purpose.DICTIONARY, 0), inputs, features);
    double[] entries = new double[inputs * features];
    columns = new float[features][inputs];
    for (int j = 0; j < features; j++) {
      for (int i = 0; i < inputs; i++) {
        entries[i * features + j] = exact[j][i];
        columns[j][i] = (float) exact[j][i];
      }
    }
    dictionary = new Dictionary(inputs, features, entries);
    scratch = ThreadLocal.withInitial(() -> new float[inputs]);
    latentPurpose = Purpose.LATENT;
    noisePurpose = Purpose.NOISE;
  }

  private SparseCoding(SparseCoding other) {
    seed = other.seed;
    inputs = other.inputs;
    limits = other.limits;
    noise = other.noise;
    dictionary = other.dictionary;
    columns = other.columns;
    scratch = other.scratch;
    latentPurpose = Purpose.NEGATIVE_LATENT;
    noisePurpose = Purpose.NEGATIVE_NOISE;
  }

  /**
   * Every latent with the same probability.
   *
   * @param active k, expected number of latents that are not 0, in [0, features]
   */
  public static double[] equalProbabilities(int features, double active) {
    if (!(active >= 0 && active <= features)) {
      throw new IllegalArgumentException(
          "expected active latents must be in [0, " + features + "]: " + active);
    }
    double[] probabilities = new double[features];
    Arrays.fill(probabilities, active / features);
    return probabilities;
  }

  /**
   * Probabilities proportional to 1/(j+1) with sum k; where that would pass 0.9 they stay at 0.9
   * and the rest shares what is left in the same proportion.
   *
   * @param active k, expected number of latents that are not 0, in [0, 0.9 features]
   */
  public static double[] unequalProbabilities(int features, double active) {
    if (!(active >= 0 && active <= MAX_PROBABILITY * features)) {
      throw new IllegalArgumentException(
          "expected active latents must be in [0, "
              + MAX_PROBABILITY * features
              + "] where their probabilities differ: "
              + active);
    }
    double[] probabilities = new double[features];
    double left = active;
    for (int capped = 0; capped < features; capped++) {
      double harmonic = 0;
      for (int j = capped; j < features; j++) {
        harmonic += 1.0 / (j + 1);
      }
      double factor = left / harmonic;
      if (factor / (capped + 1) <= MAX_PROBABILITY) {
        for (int j = capped; j < features; j++) {
          probabilities[j] = factor / (j + 1);
        }
        return probabilities;
      }
      probabilities[capped] = MAX_PROBABILITY;
      left -= MAX_PROBABILITY;
    }
    return probabilities;
  }

  /** The same law and dictionary, drawn from streams of their own: for fresh negatives. */
  public SparseCoding negatives() {
    return new SparseCoding(this);
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public Dictionary dictionary() {
    return dictionary;
  }

  @Override
  public void draw(
      long step,
      int firstRow,
      int rowCount,
      float[] anchors,
      float @Nullable [] signal,
      float @Nullable [] latents) {
    CounterStream latentStream = new CounterStream(seed, latentPurpose, step);
    CounterStream noiseStream = new CounterStream(seed, noisePurpose, step);
    int features = limits.length;
    float[] sparse = signal == null ? anchors : signal;
    float[] row = scratch.get();
    if (latents != null) {
      Arrays.fill(latents, 0, rowCount * features, 0f);
    }
    int draws = (features + 1) / 2;
    for (int r = 0; r < rowCount; r++) {
      long first = (long) (firstRow + r) * draws;
      Arrays.fill(row, 0f);
      for (int pair = 0; pair < draws; pair++) {
        long bits = latentStream.bits(first + pair);
        int j = 2 * pair;
        if ((bits >>> 1 & HALF) < limits[j]) {
          activate(r, j, (bits & 1) == 0 ? 1f : -1f, row, latents);
        }
        if (j + 1 < features && bits >>> 33 < limits[j + 1]) {
          activate(r, j + 1, (bits >>> 32 & 1) == 0 ? 1f : -1f, row, latents);
        }
      }
      System.arraycopy(row, 0, sparse, r * inputs, inputs);
    }
    if (signal != null) {
      System.arraycopy(signal, 0, anchors, 0, rowCount * inputs);
    }
    noiseStream.addGaussian(anchors, 0, rowCount * inputs, (long) firstRow * inputs, noise);
  }

  private void activate(int r, int feature, float latent, float[] row, float @Nullable [] latents) {
    add(row, latent, columns[feature]);
    if (latents != null) {
      latents[r * limits.length + feature] = latent;
    }
  }

  /** Both from index 0 on: with an offset to one of them the loop is not vectorised. */
  private static void add(float[] row, float factor, float[] column) {
    for (int i = 0; i < row.length; i++) {
      row[i] += factor * column[i];
    }
  }
}
