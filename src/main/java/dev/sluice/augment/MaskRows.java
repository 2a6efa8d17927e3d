package dev.sluice.augment;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;

/**
 * Draws the two masks of a row and lays them on samples. The masks of a row are a function of
 * (seed, step, row) and the views alone. One thread at a time.
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

  private final long seed;
  private final int inputs;
  private final int words;
  private final long[] mask0;
  private final long[] mask1;
  private final float[] factors0 = new float[BYTE * 8];
  private final float[] factors1 = new float[BYTE * 8];
  private Views views = new Views(true, 0, 0.5, Views.Scale.UNBIASED);

  MaskRows(long seed, int inputs) {
    this.seed = seed;
    this.inputs = inputs;
    words = (inputs + 63) / 64;
    mask0 = new long[words];
    mask1 = new long[words];
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

  /** Draws both masks of a row. */
  void draw(long step, int row) {
    CounterStream stream = new CounterStream(seed, Purpose.MASK, step);
    if (views.keep() == 0.5) {
      for (int w = 0; w < words; w++) {
        mask0[w] = stream.bits((long) row * words + w);
      }
    } else {
      bernoulli(stream, row, views.keep(), mask0);
    }
    double overlap = views.overlap();
    if (overlap == 0) {
      for (int w = 0; w < words; w++) {
        mask1[w] = ~mask0[w];
      }
      return;
    }
    if (overlap == 1) {
      System.arraycopy(mask0, 0, mask1, 0, words);
      return;
    }
    bernoulli(new CounterStream(seed, Purpose.OVERLAP, step), row, overlap, mask1);
    for (int w = 0; w < words; w++) {
      mask1[w] = ~(mask0[w] ^ mask1[w]);
    }
  }

  /** Bits that are 1 with a probability, up to 2^-33. Two coordinates share a draw. */
  private void bernoulli(CounterStream stream, int row, double probability, long[] target) {
    long limit = Math.round(probability * 0x1.0p32);
    long index = (long) row * words * 32;
    for (int w = 0; w < words; w++) {
      long word = 0;
      for (int pair = 0; pair < 32; pair++) {
        long bits = stream.bits(index++);
        long low = ((bits & 0xffff_ffffL) - limit) >>> 63;
        long high = ((bits >>> 32) - limit) >>> 63;
        word |= (low | high << 1) << (2 * pair);
      }
      target[w] = word;
    }
  }

  /**
   * Lays the masks of the row last drawn on a sample: {@code view0 = A0 x}, {@code view1 = A1 x}.
   */
  void apply(float[] sample, float[] view0, float[] view1, int offset) {
    for (int w = 0; w < words; w++) {
      long bits0 = mask0[w];
      long bits1 = mask1[w];
      int end = Math.min(inputs, 64 * (w + 1));
      for (int c = 64 * w; c < end; c += 8) {
        int b0 = ((int) bits0 & 0xff) * 8;
        int b1 = ((int) bits1 & 0xff) * 8;
        int count = Math.min(8, end - c);
        for (int k = 0; k < count; k++) {
          float x = sample[offset + c + k];
          view0[offset + c + k] = x * factors0[b0 + k];
          view1[offset + c + k] = x * factors1[b1 + k];
        }
        bits0 >>>= 8;
        bits1 >>>= 8;
      }
    }
  }
}
