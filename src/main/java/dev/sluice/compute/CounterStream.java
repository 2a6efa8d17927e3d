package dev.sluice.compute;

import java.util.Arrays;

/**
 * A random stream that is a pure function of (seed, purpose, step): the value at an index needs no
 * value before it, so any thread, machine or device may draw any part of it in any order.
 *
 * <p>Bits are the 64-bit finaliser of splitmix (Steele, Lea and Flood 2014, with Stafford's variant
 * 13 constants) over a Weyl sequence from a key hashed out of seed, purpose and step. Gaussians are
 * Doornik's exact ziggurat (2005) with 256 layers; a rejected draw goes on in a chain of its own
 * index. Tables and tails use StrictMath, so that every JDK and machine draws the same bits.
 */
public final class CounterStream {
  private static final long WEYL = 0x9e37_79b9_7f4a_7c15L;
  private static final long CHAIN = 0xd1b5_4a32_d192_ed03L;
  private static final double TO_UNIT = 0x1.0p-53;
  private static final long ONE_BITS = 0x3ff0_0000_0000_0000L;

  private static final int BLOCK = 256;
  private static final long[] SEQUENCE = new long[BLOCK];

  /** Bits on their way to gaussians: too many for the stack, too often for the heap. */
  private static final ThreadLocal<long[]> SCRATCH =
      ThreadLocal.withInitial(() -> new long[2 * BLOCK]);

  private static final int LAYERS = 256;
  private static final double TAIL_START = 3.654152885361009;
  private static final double LAYER_AREA = 0.00492867323399;

  /** Right edge of each layer, and exp(-x^2 / 2) there. */
  private static final double[] EDGE = new double[LAYERS + 1];

  private static final double[] DENSITY = new double[LAYERS + 1];

  /** Share of each layer that is surely under the curve. */
  private static final double[] INSIDE = new double[LAYERS];

  static {
    double start = StrictMath.exp(-0.5 * TAIL_START * TAIL_START);
    EDGE[0] = LAYER_AREA / start;
    EDGE[1] = TAIL_START;
    DENSITY[1] = start;
    for (int i = 2; i < LAYERS; i++) {
      EDGE[i] = StrictMath.sqrt(-2 * StrictMath.log(LAYER_AREA / EDGE[i - 1] + DENSITY[i - 1]));
      DENSITY[i] = StrictMath.exp(-0.5 * EDGE[i] * EDGE[i]);
    }
    EDGE[LAYERS] = 0;
    for (int i = 0; i < BLOCK; i++) {
      SEQUENCE[i] = i * WEYL;
    }
    DENSITY[LAYERS] = 1;
    for (int i = 0; i < LAYERS; i++) {
      INSIDE[i] = EDGE[i + 1] / EDGE[i];
    }
  }

  private final long key;

  public CounterStream(long seed, Purpose purpose, long step) {
    key = mix(mix(mix(seed + WEYL) + purpose.code() * CHAIN) + step * WEYL);
  }

  /** 64 uniform bits. */
  public long bits(long index) {
    return mix(key + index * WEYL);
  }

  /** Uniform in [0, 1), 53 bits. */
  public double uniform(long index) {
    return (bits(index) >>> 11) * TO_UNIT;
  }

  /** Uniform in 0 .. bound - 1. The bias is below bound / 2^32. */
  public int below(int bound, long index) {
    return (int) (((bits(index) >>> 32) * bound) >>> 32);
  }

  /** Standard normal. */
  public double gaussian(long index) {
    return gaussianOf(bits(index));
  }

  private static double gaussianOf(long bits) {
    double signed = signedUnit(bits);
    int layer = (int) bits & (LAYERS - 1);
    if (Math.abs(signed) < INSIDE[layer]) {
      return signed * EDGE[layer];
    }
    return rejected(bits, signed, layer);
  }

  /** Fills {@code target} with {@link #bits} of {@code length} consecutive indices. */
  public void fillBits(long[] target, int length, long firstIndex) {
    long[] block = SCRATCH.get();
    for (int done = 0; done < length; done += BLOCK) {
      int count = Math.min(BLOCK, length - done);
      mixBlock(block, SEQUENCE, key + (firstIndex + done) * WEYL, count);
      System.arraycopy(block, 0, target, done, count);
    }
  }

  /**
   * Fills {@code target[offset ..]} with {@code scale} times standard normals of consecutive
   * indices.
   */
  public void fillGaussian(float[] target, int offset, int length, long firstIndex, double scale) {
    Arrays.fill(target, offset, offset + length, 0f);
    addGaussian(target, offset, length, firstIndex, scale);
  }

  /**
   * Adds {@code scale} times standard normals of consecutive indices to {@code target[offset ..]}.
   */
  public void addGaussian(float[] target, int offset, int length, long firstIndex, double scale) {
    long[] block = SCRATCH.get();
    for (int done = 0; done < length; done += BLOCK) {
      int count = Math.min(BLOCK, length - done);
      mixBlock(block, SEQUENCE, key + (firstIndex + done) * WEYL, count);
      addBlock(target, offset + done, block, count, scale);
    }
  }

  /**
   * Adds the gaussians of a block of bits. The seldom ones wait until the end: a call inside the
   * loop would cost as much as all the rest.
   */
  private static void addBlock(float[] target, int offset, long[] block, int length, double scale) {
    int waiting = 0;
    for (int i = 0; i < length; i++) {
      long bits = block[i];
      double signed = signedUnit(bits);
      int layer = (int) bits & (LAYERS - 1);
      if (Math.abs(signed) < INSIDE[layer]) {
        target[offset + i] += (float) (scale * (signed * EDGE[layer]));
      } else {
        block[BLOCK + waiting++] = i;
      }
    }
    for (int w = 0; w < waiting; w++) {
      int i = (int) block[BLOCK + w];
      target[offset + i] += (float) (scale * gaussianOf(block[i]));
    }
  }

  /** Apart from the gaussians, and over a table of the sequence, so that it is vectorised. */
  private static void mixBlock(long[] block, long[] sequence, long start, int length) {
    for (int i = 0; i < length; i++) {
      block[i] = mix(start + sequence[i]);
    }
  }

  /**
   * The seldom path: the edge of a layer or the tail; draws on along the chain of the rejected
   * bits.
   */
  private static double rejected(long bits, double signed, int layer) {
    long chain = bits;
    while (true) {
      if (layer == 0) {
        return tail(chain, signed < 0);
      }
      double x = signed * EDGE[layer];
      chain = mix(chain + CHAIN);
      double height = (chain >>> 11) * TO_UNIT;
      double outer = DENSITY[layer];
      if (outer + height * (DENSITY[layer + 1] - outer) < StrictMath.exp(-0.5 * x * x)) {
        return x;
      }
      chain = mix(chain + CHAIN);
      signed = signedUnit(chain);
      layer = (int) chain & (LAYERS - 1);
      if (Math.abs(signed) < INSIDE[layer]) {
        return signed * EDGE[layer];
      }
    }
  }

  /**
   * Uniform in [-1, 1) from the upper 52 bits, put together as a double in [1, 2): converting a
   * long makes the loops above wait for each other's registers on older JDKs.
   */
  private static double signedUnit(long bits) {
    return 2 * Double.longBitsToDouble(bits >>> 12 | ONE_BITS) - 3;
  }

  private static double tail(long bits, boolean negative) {
    long chain = bits;
    while (true) {
      chain = mix(chain + CHAIN);
      double x = StrictMath.log(((chain >>> 11) + 1) * TO_UNIT) / TAIL_START;
      chain = mix(chain + CHAIN);
      double y = StrictMath.log(((chain >>> 11) + 1) * TO_UNIT);
      if (-2 * y >= x * x) {
        return negative ? x - TAIL_START : TAIL_START - x;
      }
    }
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }
}
