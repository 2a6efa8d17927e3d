package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;

/** The tape of a {@link CircularConvolution}. */
public final class ConvolutionTape implements Tape {
  private final Matrix windows;
  private final Matrix windowGradient;
  private final OutputTape responses;

  ConvolutionTape(Backend backend, int count, int width, OutputTape responses) {
    windows = backend.allocate(count, width);
    windowGradient = backend.allocate(count, width);
    this.responses = responses;
  }

  /** Every window, one under the other, shape (n d, width). */
  Matrix windows() {
    return windows;
  }

  Matrix windowGradient() {
    return windowGradient;
  }

  OutputTape responses() {
    return responses;
  }

  @Override
  public Matrix output() {
    return responses.output();
  }

  @Override
  public void close() {
    windows.close();
    windowGradient.close();
    responses.close();
  }
}
