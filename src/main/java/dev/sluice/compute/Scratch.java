package dev.sluice.compute;

/** Heap arrays for blocks of a {@link CpuMatrix}, which grow and are then used again. */
final class Scratch {
  /**
   * Floats that are worked on at a time: with three arrays of it, within the second-level cache.
   */
  static final int BLOCK = 8192;

  /** As many rows as are summed in float lanes before the sum goes on in float64. */
  private static final int SUMMED_ROWS = 256;

  private final float[][] arrays;

  Scratch(int arrays) {
    this.arrays = new float[arrays][BLOCK];
  }

  /** As many rows of this width as make a block, at least one. */
  static int blockRows(int columns) {
    return Math.max(1, Math.min(SUMMED_ROWS, BLOCK / columns));
  }

  /** Array number {@code which}, at least of this length, holding anything. */
  float[] array(int which, int length) {
    if (arrays[which].length < length) {
      arrays[which] = new float[length];
    }
    return arrays[which];
  }

  /** A row vector, repeated so that a block of rows is one loop. */
  float[] repeated(int which, CpuMatrix row, int times) {
    int columns = row.columns();
    float[] repeated = array(which, times * columns);
    row.read(0, repeated, columns);
    for (int i = 1; i < times; i++) {
      System.arraycopy(repeated, 0, repeated, i * columns, columns);
    }
    return repeated;
  }
}
