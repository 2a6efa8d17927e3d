package dev.sluice.augment;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import java.util.Arrays;

/**
 * Draws the two masks of rows and lays them on samples. The masks of a row are a function of (seed,
 * step, row) and the views alone. One thread at a time.
 */
final class MaskRows {
  /*
   * A mask is a row of bits, 64 coordinates a word. At keep = 1/2 a random word is the mask; any
   * other probability compares 32 random bits a coordinate with a threshold. The second mask is
   * the first, flipped where the overlap's own bits say so, so that the extremes 0 and 1 need no
   * draw and moving the overlap flips coordinates one by one.
   *
   * A mask is laid on eight coordinates at a time, through a table of the factors that each value
   * of a byte stands for.
   */
  private static final int BYTE = 256;

  private static final int DRAWN_AT_ONCE = 16;

  private final long seed;
  private final int inputs;
  private final int words;
  private final long[] mask0;
  private final long[] mask1;
  private final long[] bits = new long[32 * DRAWN_AT_ONCE];
  private final float[] factors0 = new float[BYTE * 8];
  private final float[] factors1 = new float[BYTE * 8];
  private Views views = new Views(true, 0, 0.5);

  /**
   * @param inputs width of a row
   * @param rows most rows drawn at a time
   */
  MaskRows(long seed, int inputs, int rows) {
    this.seed = seed;
    this.inputs = inputs;
    words = (inputs + 63) / 64;
    mask0 = new long[rows * words];
    mask1 = new long[rows * words];
    fillFactors();
  }

  /** Says which masks the next rows get. */
  void use(Views views) {
    if (!views.equals(this.views)) {
      this.views = views;
      fillFactors();
    }
  }

  private void fillFactors() {
    float scale0 = (float) views.scale0();
    float scale1 = (float) views.scale1();
    for (int b = 0; b < BYTE; b++) {
      for (int k = 0; k < 8; k++) {
        boolean kept = (b >>> k & 1) == 1;
        factors0[b * 8 + k] = kept ? scale0 : 0;
        factors1[b * 8 + k] = kept ? scale1 : 0;
      }
    }
  }

  /** Draws both masks of consecutive rows of a step. */
  void draw(long step, int firstRow, int rowCount) {
    int count = rowCount * words;
    long first = (long) firstRow * words;
    CounterStream stream = new CounterStream(seed, Purpose.MASK, step);
    if (views.keep() == 0.5) {
      stream.fillBits(mask0, count, first);
    } else {
      bernoulli(stream, first, count, views.keep(), mask0);
    }
    double overlap = views.overlap();
    if (overlap == 1) {
      System.arraycopy(mask0, 0, mask1, 0, count);
      return;
    }
    if (overlap == 0) {
      Arrays.fill(mask1, 0, count, 0);
    } else {
      bernoulli(new CounterStream(seed, Purpose.OVERLAP, step), first, count, overlap, mask1);
    }
    for (int w = 0; w < count; w++) {
      mask1[w] = ~(mask0[w] ^ mask1[w]);
    }
  }

  /** Words of bits that are 1 with a probability, up to 2^-33. Two coordinates share a draw. */
  private void bernoulli(
      CounterStream stream, long firstWord, int count, double probability, long[] target) {
    long limit = Math.round(probability * 0x1.0p32);
    for (int done = 0; done < count; done += DRAWN_AT_ONCE) {
      int now = Math.min(DRAWN_AT_ONCE, count - done);
      stream.fillBits(bits, 32 * now, 32 * (firstWord + done));
      for (int w = 0; w < now; w++) {
        long word = 0;
        for (int pair = 0; pair < 32; pair++) {
          long drawn = bits[32 * w + pair];
          long low = ((drawn & 0xffff_ffffL) - limit) >>> 63;
          long high = ((drawn >>> 32) - limit) >>> 63;
          word |= (low | high << 1) << (2 * pair);
        }
        target[done + w] = word;
      }
    }
  }

  /**
   * Lays the masks of the rows last drawn on as many samples: {@code view0 = A0 x}, {@code view1 =
   * A1 x}.
   */
  void apply(float[] samples, float[] view0, float[] view1, int rowCount) {
    for (int r = 0; r < rowCount; r++) {
      for (int w = 0; w < words; w++) {
        int first = r * inputs + 64 * w;
        int length = Math.min(64, inputs - 64 * w);
        lay(mask0[r * words + w], factors0, samples, view0, first, length);
        lay(mask1[r * words + w], factors1, samples, view1, first, length);
      }
    }
  }

  private static void lay(
      long mask, float[] factors, float[] samples, float[] view, int first, int length) {
    long left = mask;
    int c = first;
    int end = first + length;
    for (; c + 7 < end; c += 8) {
      int f = ((int) left & 0xff) * 8;
      view[c] = samples[c] * factors[f];
      view[c + 1] = samples[c + 1] * factors[f + 1];
      view[c + 2] = samples[c + 2] * factors[f + 2];
      view[c + 3] = samples[c + 3] * factors[f + 3];
      view[c + 4] = samples[c + 4] * factors[f + 4];
      view[c + 5] = samples[c + 5] * factors[f + 5];
      view[c + 6] = samples[c + 6] * factors[f + 6];
      view[c + 7] = samples[c + 7] * factors[f + 7];
      left >>>= 8;
    }
    int f = ((int) left & 0xff) * 8;
    for (int k = 0; c + k < end; k++) {
      view[c + k] = samples[c + k] * factors[f + k];
    }
  }
}
