package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * White Gaussian samples: x ~ N(0, I), with nothing behind them. Immutable: any thread may draw.
 */
public final class Gaussian implements AnchorSource {
  private final long seed;
  private final int inputs;

  /**
   * @param inputs n, width of a sample, at least 1
   */
  public Gaussian(long seed, int inputs) {
    if (inputs < 1) {
      throw new IllegalArgumentException("a sample needs a width of at least 1: " + inputs);
    }
    this.seed = seed;
    this.inputs = inputs;
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public @Nullable Dictionary dictionary() {
    return null;
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
      throw new IllegalArgumentException("white samples have no known dictionary");
    }
    CounterStream stream = new CounterStream(seed, Purpose.LATENT, step);
    stream.fillGaussian(anchors, 0, rowCount * inputs, (long) firstRow * inputs, 1);
  }
}
