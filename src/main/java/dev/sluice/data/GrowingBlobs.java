package dev.sluice.data;

import dev.sluice.compute.CounterStream;
import dev.sluice.compute.Purpose;

/**
 * Subjects that age: images of 16 x 16 pixels with one blob, whose radius grows with age while its
 * centre and amplitude stay. Each subject is seen at two ages. Immutable: any thread may draw and
 * render.
 *
 * <p>A pixel at distance d from the centre has brightness amplitude exp(-d^2 / (2 radius^2)) with
 * radius = 1.2 + 2 age pixels.
 *
 * <p>A construction of our own to try longitudinal learning on (Zhao et al. 2020, arXiv
 * 2006.06930).
 */
public final class GrowingBlobs {
  /** Pixels each way. */
  public static final int SIDE = 16;

  /** Numbers of a subject: age at the first view, centre x and y, amplitude, age at the second. */
  public static final int NUMBERS = 5;

  public static final int FIRST_AGE = 0;
  public static final int CENTRE_X = 1;
  public static final int CENTRE_Y = 2;
  public static final int AMPLITUDE = 3;
  public static final int SECOND_AGE = 4;

  private final long seed;
  private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[SIDE]);

  public GrowingBlobs(long seed) {
    this.seed = seed;
  }

  /**
   * Draws the subjects of rows {@code firstRow .. firstRow + rowCount} of a step: the first age
   * uniform in [0, 0.7), the second 0.1 to 0.3 later, the centre in [5, 10)^2 in pixels from that
   * of the first, the amplitude in [0.7, 1.3).
   *
   * @param subjects receives {@link #NUMBERS} a row, from index 0 on
   */
  public void draw(long step, int firstRow, int rowCount, double[] subjects) {
    CounterStream stream = new CounterStream(seed, Purpose.LATENT, step);
    for (int r = 0; r < rowCount; r++) {
      int at = r * NUMBERS;
      long first = (long) (firstRow + r) * NUMBERS;
      double age = 0.7 * stream.uniform(first);
      subjects[at + FIRST_AGE] = age;
      subjects[at + CENTRE_X] = 5 + 5 * stream.uniform(first + 1);
      subjects[at + CENTRE_Y] = 5 + 5 * stream.uniform(first + 2);
      subjects[at + AMPLITUDE] = 0.7 + 0.6 * stream.uniform(first + 3);
      subjects[at + SECOND_AGE] = age + 0.1 + 0.2 * stream.uniform(first + 4);
    }
  }

  /**
   * Renders subjects without noise.
   *
   * @param whichAge {@link #FIRST_AGE} or {@link #SECOND_AGE}
   * @param images receives them row-major, pixel (x, y) at 16 y + x
   */
  public void render(double[] subjects, int rowCount, int whichAge, float[] images) {
    float[] profile = scratch.get();
    for (int r = 0; r < rowCount; r++) {
      int at = r * NUMBERS;
      double radius = 1.2 + 2 * subjects[at + whichAge];
      double rate = -0.5 / (radius * radius);
      // the Gaussian is a product of its profiles along x and y
      for (int x = 0; x < SIDE; x++) {
        double off = x - subjects[at + CENTRE_X];
        profile[x] = (float) StrictMath.exp(rate * off * off);
      }
      for (int y = 0; y < SIDE; y++) {
        double off = y - subjects[at + CENTRE_Y];
        float height = (float) (subjects[at + AMPLITUDE] * StrictMath.exp(rate * off * off));
        int line = (r * SIDE + y) * SIDE;
        for (int x = 0; x < SIDE; x++) {
          images[line + x] = height * profile[x];
        }
      }
    }
  }
}
