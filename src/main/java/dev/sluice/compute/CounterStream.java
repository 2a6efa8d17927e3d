package dev.sluice.compute;

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
  private static final double TO_SIGNED_UNIT = 0x1.0p-52;

  private static final int LAYERS = 256;
  private static final double TAIL_START = 3.654152885361009;
  private static final double LAYER_AREA = 0.00492867323399;

  /** Right edge of each layer, and exp(-x^2 / 2) there. */
  private static final double[] EDGE = new double[LAYERS + 1];

  private static final double[] DENSITY = new double[LAYERS + 1];

  /** {@link #EDGE} in units of a signed 53-bit integer. */
  private static final double[] STEP = new double[LAYERS];

  /** Smallest magnitude of such an integer that is not surely under the curve. */
  private static final long[] INSIDE = new long[LAYERS];

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
    DENSITY[LAYERS] = 1;
    for (int i = 0; i < LAYERS; i++) {
      STEP[i] = EDGE[i] * TO_SIGNED_UNIT;
      INSIDE[i] = (long) StrictMath.ceil(EDGE[i + 1] / EDGE[i] / TO_SIGNED_UNIT);
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
    long bits = bits(index);
    long signed = bits >> 11;
    int layer = (int) bits & (LAYERS - 1);
    if (Math.abs(signed) < INSIDE[layer]) {
      return signed * STEP[layer];
    }
    return rejected(bits, signed, layer);
  }

  /**
   * Fills {@code target[offset ..]} with {@code scale} times standard normals of consecutive
   * indices.
   */
  public void fillGaussian(float[] target, int offset, int length, long firstIndex, double scale) {
    for (int i = 0; i < length; i++) {
      target[offset + i] = (float) (scale * gaussian(firstIndex + i));
    }
  }

  /**
   * Adds {@code scale} times standard normals of consecutive indices to {@code target[offset ..]}.
   */
  public void addGaussian(float[] target, int offset, int length, long firstIndex, double scale) {
    for (int i = 0; i < length; i++) {
      target[offset + i] += (float) (scale * gaussian(firstIndex + i));
    }
  }

  /**
   * The seldom path: the edge of a layer or the tail; draws on along the chain of the rejected
   * bits.
   */
  private static double rejected(long bits, long signed, int layer) {
    long chain = bits;
    while (true) {
      if (layer == 0) {
        return tail(chain, signed < 0);
      }
      double x = signed * STEP[layer];
      chain = mix(chain + CHAIN);
      double height = (chain >>> 11) * TO_UNIT;
      double outer = DENSITY[layer];
      if (outer + height * (DENSITY[layer + 1] - outer) < StrictMath.exp(-0.5 * x * x)) {
        return x;
      }
      chain = mix(chain + CHAIN);
      signed = chain >> 11;
      layer = (int) chain & (LAYERS - 1);
      if (Math.abs(signed) < INSIDE[layer]) {
        return signed * STEP[layer];
      }
    }
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
