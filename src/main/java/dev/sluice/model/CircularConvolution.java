package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same linear map of every window of a circular signal. Of a row of {@code length} entries come
 * as many rows, one for each window, of {@code filters} entries; {@link MeanPool} makes one of them
 * again. Trained: {@code weight}, shape (filters, width), and {@code bias}, shape (1, filters).
 */
public final class CircularConvolution implements Module<ConvolutionTape> {
  private final Backend backend;
  private final int length;
  private final Linear filters;

  /**
   * @param length d, entries of a signal
   * @param width entries of a window, at most {@code length}
   */
  public CircularConvolution(
      Backend backend,
      int length,
      int width,
      int filters,
      Initialiser weights,
      Initialiser biases) {
    if (width < 1 || width > length) {
      throw new IllegalArgumentException(
          "a window must be 1 to " + length + " entries wide: " + width);
    }
    this.backend = backend;
    this.length = length;
    this.filters = new Linear(backend, width, filters, weights, biases);
  }

  @Override
  public int inputs() {
    return length;
  }

  @Override
  public int outputs() {
    return filters.outputs();
  }

  @Override
  public int outputRows(int rows) {
    return Math.multiplyExact(rows, length);
  }

  @Override
  public List<Parameter> parameters() {
    return filters.parameters();
  }

  @Override
  public ConvolutionTape tape(int samples) {
    int windows = outputRows(samples);
    return new ConvolutionTape(backend, windows, filters.inputs(), filters.tape(windows));
  }

  @Override
  public void forward(Matrix input, ConvolutionTape tape) {
    backend.layers().circularWindows(input, tape.windows());
    filters.forward(tape.windows(), tape.responses());
  }

  @Override
  public void backward(
      Matrix input, ConvolutionTape tape, Matrix outputGradient, @Nullable Matrix inputGradient) {
    if (inputGradient == null) {
      filters.backward(tape.windows(), tape.responses(), outputGradient, null);
      return;
    }
    filters.backward(tape.windows(), tape.responses(), outputGradient, tape.windowGradient());
    backend.layers().circularWindowsBackward(tape.windowGradient(), inputGradient);
  }

  @Override
  public double flops() {
    return length * filters.flops();
  }

  @Override
  public void close() {
    filters.close();
  }
}
