package dev.sluice.data;

/**
 * Draws pairs of latents: z, and a positive given z. A draw is a pure function of the seed, the
 * step and the row; implementations are immutable, so that any thread may draw.
 */
public interface LatentPairs {

  /** n, coordinates of a latent. */
  int size();

  /**
   * Draws rows {@code firstRow .. firstRow + rowCount} of a step.
   *
   * @param latents receives z row-major, rowCount x n, from index 0 on
   * @param positives receives the positives in the same form
   */
  void draw(long step, int firstRow, int rowCount, double[] latents, double[] positives);
}
