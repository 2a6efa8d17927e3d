package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import org.jspecify.annotations.Nullable;

/** A layer of a {@link Sequential} with a tape that fits it: here its type of tape is hidden. */
final class Stage<T extends Tape> implements AutoCloseable {
  private final Module<T> module;
  private final T tape;
  private final Matrix gradient;

  private Stage(Backend backend, Module<T> module, int samples) {
    this.module = module;
    tape = module.tape(samples);
    gradient = backend.allocate(tape.output().rows(), tape.output().columns());
  }

  static <T extends Tape> Stage<T> of(Backend backend, Module<T> module, int samples) {
    return new Stage<>(backend, module, samples);
  }

  T tape() {
    return tape;
  }

  /** Room for dL/d output. */
  Matrix gradient() {
    return gradient;
  }

  void forward(Matrix input) {
    module.forward(input, tape);
  }

  void backward(Matrix input, Matrix outputGradient, @Nullable Matrix inputGradient) {
    module.backward(input, tape, outputGradient, inputGradient);
  }

  @Override
  public void close() {
    tape.close();
    gradient.close();
  }
}
