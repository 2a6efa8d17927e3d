package dev.sluice.model;

import dev.sluice.compute.Matrix;
import org.jspecify.annotations.Nullable;

/** One module over one batch: its forward pass, kept for the backward pass. */
public interface Pass extends AutoCloseable {

  /** A pass over batches of {@code samples} rows. */
  static Pass of(Module<?> module, int samples) {
    return bind(module, samples);
  }

  private static <T extends Tape> Pass bind(Module<T> module, int samples) {
    T tape = module.tape(samples);
    return new Pass() {
      private @Nullable Matrix input;

      @Override
      public void forward(Matrix batch) {
        input = batch;
        module.forward(batch, tape);
      }

      @Override
      public Tape tape() {
        return tape;
      }

      @Override
      public void backward(Matrix outputGradient, @Nullable Matrix inputGradient) {
        if (input == null) {
          throw new IllegalStateException("a backward pass needs a forward pass before it");
        }
        module.backward(input, tape, outputGradient, inputGradient);
      }

      @Override
      public void close() {
        tape.close();
      }
    };
  }

  void forward(Matrix batch);

  /** What the forward pass left behind. */
  Tape tape();

  /** The module's output, shape (n, outputs). */
  default Matrix output() {
    return tape().output();
  }

  /** Adds to the gradients of the module's parameters, see {@link Module#backward}. */
  void backward(Matrix outputGradient, @Nullable Matrix inputGradient);

  @Override
  void close();
}
