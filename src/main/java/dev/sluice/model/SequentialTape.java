package dev.sluice.model;

import dev.sluice.compute.Matrix;
import java.util.List;

/** The tape of a {@link Sequential}: those of its layers, and room for gradients between them. */
public final class SequentialTape implements Tape {
  private final List<Stage<?>> stages;

  SequentialTape(List<Stage<?>> stages) {
    this.stages = List.copyOf(stages);
  }

  Stage<?> stage(int layer) {
    return stages.get(layer);
  }

  /** The tape of a layer, from 0. */
  public Tape layer(int layer) {
    return stages.get(layer).tape();
  }

  @Override
  public Matrix output() {
    return layer(stages.size() - 1).output();
  }

  @Override
  public void close() {
    stages.forEach(Stage::close);
  }
}
