package dev.sluice.model;

import dev.sluice.compute.Backend;
import dev.sluice.compute.LayerKernels;
import dev.sluice.compute.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A ReLU network in the shape of a complete binary tree. A node of level l, of which there are
 * {@code 2^l} with the root at level 0, has {@code hidden} pre-activations {@code h = W [ReLU(h of
 * its two children)] + b} with W and b of its own; on the lowest level it reads two leaves as they
 * are. The output is the root's pre-activation. Nodes stand side by side in order, so that the
 * children of node i are 2 i and 2 i + 1.
 *
 * <p>Trained for each level: {@code l.weight}, shape (2^l hidden, fan-in), the nodes one under the
 * other, and {@code l.bias}, shape (1, 2^l hidden).
 *
 * <p>Source: Tian, Yu, Chen and Ganguli 2020, in their released code for the hierarchical latent
 * tree model. The normalisation that follows there is a {@link UnitSphere}.
 */
public final class TreeEncoder implements Module<TreeTape> {
  private final Backend backend;
  private final int hidden;
  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> biases = new ArrayList<>();

  /**
   * @param depth L, levels of nodes, of which the lowest reads 2^L leaves
   * @param tensors what the weights of level l start at, under 2 l, and its bias, under 2 l + 1
   */
  public TreeEncoder(Backend backend, int depth, int hidden, IntFunction<Initialiser> tensors) {
    this.backend = backend;
    this.hidden = hidden;
    for (int level = 0; level < depth; level++) {
      int outputs = nodes(level) * hidden;
      int fanIn = level == depth - 1 ? 2 : 2 * hidden;
      Initialiser weight = tensors.apply(2 * level);
      Initialiser bias = tensors.apply(2 * level + 1);
      weights.add(Parameter.of(backend, level + ".weight", outputs, fanIn, weight, fanIn));
      biases.add(Parameter.of(backend, level + ".bias", 1, outputs, bias, fanIn));
    }
  }

  private static int nodes(int level) {
    return 1 << level;
  }

  /** L. */
  public int depth() {
    return weights.size();
  }

  @Override
  public int inputs() {
    return nodes(depth());
  }

  @Override
  public int outputs() {
    return hidden;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (int level = 0; level < depth(); level++) {
      parameters.add(weights.get(level));
      parameters.add(biases.get(level));
    }
    return parameters;
  }

  @Override
  public TreeTape tape(int samples) {
    return new TreeTape(backend, samples, depth(), hidden);
  }

  @Override
  public void forward(Matrix input, TreeTape tape) {
    LayerKernels layers = backend.layers();
    for (int level = depth() - 1; level >= 0; level--) {
      Matrix below = inputOf(level, input, tape);
      Matrix preactivation = tape.preactivation(level);
      layers.groupedForward(nodes(level), below, weights.get(level).value(), preactivation);
      layers.addRow(biases.get(level).value(), preactivation);
      if (level > 0) {
        layers.leakyRelu(preactivation, 0, tape.response(level));
      }
    }
  }

  @Override
  public void backward(
      Matrix input, TreeTape tape, Matrix outputGradient, @Nullable Matrix inputGradient) {
    LayerKernels layers = backend.layers();
    for (int level = 0; level < depth(); level++) {
      Matrix gradient = level == 0 ? outputGradient : tape.gradient(level);
      if (level > 0) {
        layers.leakyGate(tape.preactivation(level), 0, gradient, gradient);
      }
      layers.columnSums(gradient, 1, biases.get(level).gradient());
      layers.groupedBackward(
          nodes(level),
          inputOf(level, input, tape),
          weights.get(level).value(),
          gradient,
          weights.get(level).gradient(),
          level == depth() - 1 ? inputGradient : tape.gradient(level + 1));
    }
  }

  private Matrix inputOf(int level, Matrix input, TreeTape tape) {
    return level == depth() - 1 ? input : tape.response(level + 1);
  }

  @Override
  public double flops() {
    double flops = 0;
    for (Parameter weight : weights) {
      flops += 2.0 * weight.value().rows() * weight.value().columns();
    }
    return flops;
  }

  @Override
  public void close() {
    weights.forEach(Parameter::close);
    biases.forEach(Parameter::close);
  }
}
