package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A differentiable map of rows. Tapes are values and gradients are summed, so that one module can
 * see several views within a step.
 *
 * @param <T> what it leaves behind for its backward pass
 */
public interface Module<T extends Tape> extends AutoCloseable {

  /** Width of an input row. */
  int inputs();

  /** Width of an output row. */
  int outputs();

  /** Trained tensors, in a fixed order; none for a module without. */
  List<Parameter> parameters();

  /** Sets the gradient of every parameter to 0, before a backward pass. */
  default void clearGradients(Backend backend) {
    Parameters.clearGradients(backend, parameters());
  }

  /**
   * Rows that come of {@code rows} rows: as many, except where a module cuts a row into several or
   * pools several into one. Then "n" of an output is this number.
   */
  default int outputRows(int rows) {
    return rows;
  }

  /** A tape for batches of {@code samples} rows. */
  T tape(int samples);

  /** Fills {@code tape.output()} from {@code input}, shape (n, inputs). */
  void forward(Matrix input, T tape);

  /**
   * Adds to the gradient of every parameter.
   *
   * @param input of the forward pass that filled {@code tape}
   * @param outputGradient dL/d output, shape (n, outputs); may be overwritten
   * @param inputGradient receives dL/d input, shape (n, inputs); null when it is not wanted
   */
  void backward(Matrix input, T tape, Matrix outputGradient, @Nullable Matrix inputGradient);

  /** Floating-point operations of one input row's forward pass, products only. */
  double flops();

  @Override
  void close();
}
