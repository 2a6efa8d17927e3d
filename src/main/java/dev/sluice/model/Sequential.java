package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One module after the other, which it owns. A parameter goes by the index of its layer and its
 * name there, for example {@code 0.weight}.
 */
public final class Sequential implements Module<SequentialTape> {
  private final Backend backend;
  private final List<Module<?>> layers;
  private final List<Parameter> parameters = new ArrayList<>();

  /**
   * @param layers at least one, each as wide as the one before gives
   */
  public Sequential(Backend backend, List<? extends Module<?>> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a sequence needs at least one layer");
    }
    this.backend = backend;
    this.layers = List.copyOf(layers);
    for (int i = 0; i < layers.size(); i++) {
      Module<?> layer = layers.get(i);
      if (i > 0 && layer.inputs() != layers.get(i - 1).outputs()) {
        throw new IllegalArgumentException(
            "layer "
                + i
                + " takes "
                + layer.inputs()
                + " numbers, the one before gives "
                + layers.get(i - 1).outputs());
      }
      String path = Integer.toString(i);
      layer.parameters().forEach(parameter -> parameters.add(parameter.under(path)));
    }
  }

  @Override
  public int inputs() {
    return layers.get(0).inputs();
  }

  @Override
  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  @Override
  public int outputRows(int rows) {
    int current = rows;
    for (Module<?> layer : layers) {
      current = layer.outputRows(current);
    }
    return current;
  }

  @Override
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  @Override
  public SequentialTape tape(int samples) {
    List<Stage<?>> stages = new ArrayList<>();
    int rows = samples;
    for (Module<?> layer : layers) {
      stages.add(Stage.of(backend, layer, rows));
      rows = layer.outputRows(rows);
    }
    return new SequentialTape(stages);
  }

  @Override
  public void forward(Matrix input, SequentialTape tape) {
    for (int i = 0; i < layers.size(); i++) {
      tape.stage(i).forward(inputOf(i, input, tape));
    }
  }

  @Override
  public void backward(
      Matrix input, SequentialTape tape, Matrix outputGradient, @Nullable Matrix inputGradient) {
    Matrix gradient = outputGradient;
    for (int i = layers.size() - 1; i > 0; i--) {
      Matrix next = tape.stage(i - 1).gradient();
      tape.stage(i).backward(inputOf(i, input, tape), gradient, next);
      gradient = next;
    }
    tape.stage(0).backward(input, gradient, inputGradient);
  }

  private static Matrix inputOf(int layer, Matrix input, SequentialTape tape) {
    return layer == 0 ? input : tape.layer(layer - 1).output();
  }

  @Override
  public double flops() {
    double flops = 0;
    int rows = 1;
    for (Module<?> layer : layers) {
      flops += rows * layer.flops();
      rows = layer.outputRows(rows);
    }
    return flops;
  }

  @Override
  public void close() {
    layers.forEach(Module::close);
  }
}
