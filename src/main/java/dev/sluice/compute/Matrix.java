package dev.sluice.compute;

/**
 * A dense matrix that a {@link Backend} owns: its precision and place are the backend's business.
 * Only the backend that allocated it can compute with it. A vector is a matrix of one row.
 */
public interface Matrix extends AutoCloseable {
  int rows();

  int columns();

  /** Returns its memory. Using it afterwards is an error. */
  @Override
  void close();
}
