package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Square patches of photos, contrast normalised, optionally whitened, scaled to one standard
 * deviation over all entries. A pool is cut once from a seed: training steps draw from it with
 * replacement; the evaluation step is a second pool in its order. Immutable: any thread may draw.
 *
 * <p>A patch q becomes r = (q - mean q) / sqrt(var q + 0.04^2); nearly flat patches are passed
 * over. With ZCA x = V r, else x = r; then x is scaled to a standard deviation of 0.35, so that a
 * unit filter responds to it as to the synthetic data.
 */
public final class PhotoPatches implements AnchorSource {
  /** Patches that training steps draw from. */
  public static final int POOL = 40_000;

  /** Patches of the evaluation step. */
  public static final int EVALUATION_POOL = 2_048;

  private static final double FLAT = 0.02;
  private static final double CONTRAST_FLOOR = 0.04;
  private static final double STANDARD_DEVIATION = 0.35;
  private static final double ZCA_EPSILON = 0.3;

  /** Patches tried for one that is kept, before the images are called flat. */
  private static final long MAX_TRIES = 100;

  private final long seed;
  private final int side;
  private final float[] pool;
  private final Purpose indexPurpose;

  /**
   * @param side p, side of a patch in pixels
   * @param images each is as likely, whatever its size; patches are uniform in it
   * @throws IllegalArgumentException if an image is smaller than a patch or all of them are flat
   */
  public PhotoPatches(long seed, List<GreyImage> images, int side, Whitening whitening) {
    if (side < 2) {
      throw new IllegalArgumentException("side of a patch must be at least 2: " + side);
    }
    if (images.isEmpty()) {
      throw new IllegalArgumentException("patches need at least one image, given none");
    }
    for (GreyImage image : images) {
      if (image.width() < side || image.height() < side) {
        throw new IllegalArgumentException(
            image.name()
                + " has "
                + image.width()
                + " x "
                + image.height()
                + " pixels, patches need at least "
                + side
                + " each way");
      }
    }
    this.seed = seed;
    this.side = side;
    indexPurpose = Purpose.POOL_INDEX;
    pool = cut(new CounterStream(seed, Purpose.POOL, 0), images, side);
    if (whitening == Whitening.ZCA) {
      ZeroPhase.whiten(pool, side * side, POOL, ZCA_EPSILON);
    }
    scale(pool, POOL * side * side);
  }

  private PhotoPatches(PhotoPatches other) {
    seed = other.seed;
    side = other.side;
    pool = other.pool;
    indexPurpose = Purpose.NEGATIVE_INDEX;
  }

  /** The same pool, drawn by indices of their own: for fresh negatives. */
  public PhotoPatches negatives() {
    return new PhotoPatches(this);
  }

  private static float[] cut(CounterStream stream, List<GreyImage> images, int side) {
    int wanted = POOL + EVALUATION_POOL;
    int size = side * side;
    float[] patches = new float[wanted * size];
    int kept = 0;
    for (long candidate = 0; kept < wanted; candidate++) {
      if (candidate == MAX_TRIES * wanted) {
        throw new IllegalArgumentException(
            "images are nearly flat: of "
                + candidate
                + " patches "
                + kept
                + " have a standard deviation of at least "
                + FLAT
                + ", needed "
                + wanted);
      }
      GreyImage image = images.get(stream.below(images.size(), 3 * candidate));
      int row = stream.below(image.height() - side + 1, 3 * candidate + 1);
      int column = stream.below(image.width() - side + 1, 3 * candidate + 2);
      for (int y = 0; y < side; y++) {
        image.copyRow(row + y, column, patches, kept * size + y * side, side);
      }
      if (normalise(patches, kept * size, size)) {
        kept++;
      }
    }
    return patches;
  }

  /** Normalises the contrast of a patch, or says that it is flat. */
  private static boolean normalise(float[] patches, int offset, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += patches[offset + i];
    }
    double mean = sum / size;
    double squares = 0;
    for (int i = 0; i < size; i++) {
      double difference = patches[offset + i] - mean;
      squares += difference * difference;
    }
    double variance = squares / size;
    if (variance < FLAT * FLAT) {
      return false;
    }
    double gain = 1 / Math.sqrt(variance + CONTRAST_FLOOR * CONTRAST_FLOOR);
    for (int i = 0; i < size; i++) {
      patches[offset + i] = (float) ((patches[offset + i] - mean) * gain);
    }
    return true;
  }

  /** Scales all by one factor that the first {@code fitted} entries give. */
  private static void scale(float[] entries, int fitted) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < fitted; i++) {
      sum += entries[i];
      squares += (double) entries[i] * entries[i];
    }
    double mean = sum / fitted;
    float factor = (float) (STANDARD_DEVIATION / Math.sqrt(squares / fitted - mean * mean));
    for (int i = 0; i < entries.length; i++) {
      entries[i] *= factor;
    }
  }

  @Override
  public int inputs() {
    return side * side;
  }

  @Override
  public @Nullable Dictionary dictionary() {
    return null;
  }

  @Override
  public int tileSide() {
    return side;
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
      throw new IllegalArgumentException("photos have no known dictionary");
    }
    int size = side * side;
    if (step == EVALUATION && indexPurpose == Purpose.POOL_INDEX) {
      if (firstRow + rowCount > EVALUATION_POOL) {
        throw new IllegalArgumentException(
            "evaluation patches end at " + EVALUATION_POOL + ": " + (firstRow + rowCount));
      }
      System.arraycopy(pool, (POOL + firstRow) * size, anchors, 0, rowCount * size);
      return;
    }
    CounterStream stream = new CounterStream(seed, indexPurpose, step);
    for (int r = 0; r < rowCount; r++) {
      int patch = stream.below(POOL, firstRow + r);
      System.arraycopy(pool, patch * size, anchors, r * size, size);
    }
  }
}
