package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Eight Gaussian classes, all as likely: x = Q (m_y + g, nuisance) with 10 dimensions of signal, in
 * which the classes have their means m and a standard deviation of 1, 20 of nuisance, and a random
 * rotation Q of all 30. The means point in random directions and have one norm. Immutable: any
 * thread may draw.
 *
 * <p>A construction of our own to try supervised contrast on (Khosla et al. 2020, arXiv
 * 2004.11362).
 */
public final class GaussianClasses implements LabelledAnchors {
  public static final int CLASSES = 8;

  public static final int SIGNAL = 10;

  public static final int NUISANCE = 20;

  private static final int INPUTS = SIGNAL + NUISANCE;

  private final long seed;
  private final double nuisanceDeviation;
  private final double labelNoise;
  private final double[][] means = new double[CLASSES][SIGNAL];
  private final float[][] rotation = new float[INPUTS][INPUTS];
  private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[INPUTS]);

  /**
   * @param meanNorm norm of a class mean, at least 0
   * @param nuisanceDeviation standard deviation of each dimension of nuisance, at least 0
   * @param labelNoise share of the pairs of training steps that have a wrong label, one of the
   *     other classes, all as likely; in [0, 1]
   */
  public GaussianClasses(long seed, double meanNorm, double nuisanceDeviation, double labelNoise) {
    requireNotNegative("norm of a class mean", meanNorm);
    requireNotNegative("standard deviation of the nuisance", nuisanceDeviation);
    if (!(labelNoise >= 0 && labelNoise <= 1)) {
      throw new IllegalArgumentException("share of wrong labels must be in [0, 1]: " + labelNoise);
    }
    this.seed = seed;
    this.nuisanceDeviation = nuisanceDeviation;
    this.labelNoise = labelNoise;
    CounterStream directions = new CounterStream(seed, Purpose.CLASS_MEAN, 0);
    for (int c = 0; c < CLASSES; c++) {
      double square = 0;
      for (int i = 0; i < SIGNAL; i++) {
        means[c][i] = directions.gaussian((long) c * SIGNAL + i);
        square += means[c][i] * means[c][i];
      }
      for (int i = 0; i < SIGNAL; i++) {
        means[c][i] *= meanNorm / Math.sqrt(square);
      }
    }
    double[][] exact =
        Orthonormal.columns(new CounterStream(seed, Purpose.DICTIONARY, 0), INPUTS, INPUTS);
    for (int j = 0; j < INPUTS; j++) {
      for (int i = 0; i < INPUTS; i++) {
        rotation[j][i] = (float) exact[j][i];
      }
    }
  }

  private static void requireNotNegative(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " must be at least 0: " + value);
    }
  }

  @Override
  public int inputs() {
    return INPUTS;
  }

  @Override
  public int classes() {
    return CLASSES;
  }

  @Override
  public @Nullable Dictionary dictionary() {
    return null;
  }

  @Override
  public void labels(long step, int firstRow, int rowCount, int[] labels) {
    CounterStream classes = new CounterStream(seed, Purpose.CLASS, step);
    CounterStream mistakes = new CounterStream(seed, Purpose.LABEL_NOISE, step);
    for (int r = 0; r < rowCount; r++) {
      long row = (long) firstRow + r;
      int label = classes.below(CLASSES, row);
      if (step >= 0 && mistakes.uniform(2 * row) < labelNoise) {
        int other = mistakes.below(CLASSES - 1, 2 * row + 1);
        label = other < label ? other : other + 1;
      }
      labels[r] = label;
    }
  }

  @Override
  public void draw(
      long step,
      int firstRow,
      int rowCount,
      float[] anchors,
      float @Nullable [] signal,
      float @Nullable [] latents) {
    if (signal != null || latents != null) {
      throw new IllegalArgumentException("classes have no known dictionary");
    }
    CounterStream classes = new CounterStream(seed, Purpose.CLASS, step);
    CounterStream noise = new CounterStream(seed, Purpose.NOISE, step);
    float[] row = scratch.get();
    for (int r = 0; r < rowCount; r++) {
      double[] mean = means[classes.below(CLASSES, firstRow + r)];
      long first = (long) (firstRow + r) * INPUTS;
      Arrays.fill(row, 0f);
      for (int j = 0; j < SIGNAL; j++) {
        add(row, (float) (mean[j] + noise.gaussian(first + j)), rotation[j]);
      }
      for (int j = SIGNAL; j < INPUTS; j++) {
        add(row, (float) (nuisanceDeviation * noise.gaussian(first + j)), rotation[j]);
      }
      System.arraycopy(row, 0, anchors, r * INPUTS, INPUTS);
    }
  }

  /** Both from index 0 on: with an offset to one of them the loop is not vectorised. */
  private static void add(float[] row, float factor, float[] column) {
    for (int i = 0; i < row.length; i++) {
      row[i] += factor * column[i];
    }
  }
}
