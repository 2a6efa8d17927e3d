package dev.sluice.compute;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Row-major float32 in one off-heap ND4J array, allocated once. BLAS reads it through {@link
 * #pointer}, the row kernels through bulk copies of {@link #buffer}: an element read of a direct
 * buffer costs eight times as much.
 */
final class CpuMatrix implements Matrix {
  private final INDArray array;
  private final FloatPointer pointer;
  private final FloatBuffer buffer;
  private final int rows;
  private final int columns;
  private boolean closed;

  CpuMatrix(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    array = Nd4j.create(DataType.FLOAT, new long[] {rows, columns}, 'c');
    pointer = new FloatPointer(array.data().addressPointer());
    pointer.capacity((long) rows * columns);
    buffer = pointer.asBuffer();
    if (buffer.capacity() < rows * columns) {
      throw new IllegalStateException(
          "a matrix of " + rows + " x " + columns + " got a buffer of " + buffer.capacity());
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  FloatPointer pointer() {
    return pointer;
  }

  /**
   * Copies {@code length} floats from element {@code index} on to the beginning of {@code target}.
   */
  void read(int index, float[] target, int length) {
    buffer.get(index, target, 0, length);
  }

  /** Copies {@code length} floats from {@code source[offset]} to element {@code index} on. */
  void write(int index, float[] source, int offset, int length) {
    buffer.put(index, source, offset, length);
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      array.close();
    }
  }
}
