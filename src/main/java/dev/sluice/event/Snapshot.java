package dev.sluice.event;

/**
 * A rarer, larger thing to look at: a matrix of values taken at one step. Immutable once published.
 */
public final class Snapshot {

  /** What the matrix shows. */
  public enum Kind {
    /** |cos(w_i, M_j)|, neurons by features, in [0, 1]. */
    ALIGNMENT,
    /** Eigenvalues of the covariance of the embeddings, one row, descending, not normalised. */
    SPECTRUM,
    /** The neurons' weights as image tiles, neurons by pixels, each row of unit norm. */
    FILTERS
  }

  private final String run;
  private final long step;
  private final Kind kind;
  private final int rows;
  private final int columns;
  private final float[] values;

  public Snapshot(String run, long step, Kind kind, int rows, int columns, float[] values) {
    if (values.length != rows * columns) {
      throw new IllegalArgumentException(
          rows + " x " + columns + " values expected, given " + values.length);
    }
    this.run = run;
    this.step = step;
    this.kind = kind;
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  public String run() {
    return run;
  }

  public long step() {
    return step;
  }

  public Kind kind() {
    return kind;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public float value(int row, int column) {
    return values[row * columns + column];
  }
}
