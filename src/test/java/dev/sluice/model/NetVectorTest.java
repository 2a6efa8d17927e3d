package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.vectors.CompanionVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks against the test vectors: output and gradients of everything. */
class NetVectorTest {

  /** A backend and what it is held to. */
  enum Held {
    REFERENCE {
      @Override
      Backend open() {
        return new ReferenceBackend();
      }

      @Override
      double error(double largest) {
        return 1e-9;
      }
    },
    CPU {
      @Override
      Backend open() {
        return new CpuBackend();
      }

      @Override
      double error(double largest) {
        return 2e-5 * largest;
      }
    };

    abstract Backend open();

    /**
     * @param largest magnitude of what is compared
     */
    abstract double error(double largest);
  }

  @ParameterizedTest
  @CsvSource({
    "net_mlp_leaky,REFERENCE",
    "net_mlp_leaky,CPU",
    "net_mlp_bn_relu,REFERENCE",
    "net_mlp_bn_relu,CPU"
  })
  @DisplayName("a network of two linear layers")
  void network_givesTheVector(String name, Held held) {
    CompanionVector vector = CompanionVector.named(name);
    try (Backend backend = held.open()) {
      Sequential network = mlp(backend, vector);
      SequentialTape tape = network.tape(vector.length("x"));
      Matrix input = matrix(backend, vector, "x");
      Matrix outputGradient = matrix(backend, vector, "grad_out");
      Matrix inputGradient = backend.allocate(input.rows(), input.columns());

      network.forward(input, tape);
      network.backward(input, tape, outputGradient, inputGradient);

      assertClose(held, backend.download(tape.output()), vector.values("out"), 0);
      assertClose(held, backend.download(inputGradient), vector.values("grad_x"), 0);
      assertGradients(held, backend, vector, "grad_params", inOrderOfKinds(network));
      network.close();
    }
  }

  private static Sequential mlp(Backend backend, CompanionVector vector) {
    List<Module<?>> layers = new ArrayList<>();
    int last = vector.length("W") - 1;
    for (int i = 0; i <= last; i++) {
      int outputs = vector.length("W/" + i);
      layers.add(
          new Linear(
              backend,
              vector.length("W/" + i + "/0"),
              outputs,
              Initialiser.values(vector.values("W/" + i)),
              Initialiser.values(vector.values("b/" + i))));
      if (i < last && vector.root().has("bn_eps")) {
        layers.add(new BatchNorm(backend, outputs, vector.number("bn_eps")));
      }
      if (i < last) {
        layers.add(new LeakyRelu(backend, outputs, vector.number("slope")));
      }
    }
    return new Sequential(backend, layers);
  }

  @ParameterizedTest
  @EnumSource(Held.class)
  @DisplayName("a tree behind the released loss over one negative")
  void tree_givesTheVector(Held held) {
    CompanionVector vector = CompanionVector.named("net_hltm_tree");
    int hidden = (int) vector.number("hid");
    try (Backend backend = held.open()) {
      Sequential network =
          new Sequential(
              backend,
              List.of(
                  new TreeEncoder(
                      backend,
                      (int) vector.number("L"),
                      hidden,
                      tensor ->
                          Initialiser.values(
                              vector.values((tensor % 2 == 0 ? "W/" : "b/") + tensor / 2))),
                  new UnitSphere(backend, hidden, 0, vector.number("eps"))));
      List<Matrix> inputs =
          List.of(
              matrix(backend, vector, "x"),
              matrix(backend, vector, "x_pos"),
              matrix(backend, vector, "x_neg"));
      List<SequentialTape> tapes =
          inputs.stream().map(input -> network.tape(input.rows())).toList();
      for (int view = 0; view < 3; view++) {
        network.forward(inputs.get(view), tapes.get(view));
      }
      List<double[]> f = tapes.stream().map(tape -> backend.download(tape.output())).toList();

      double[][] gradients = new double[3][];
      double loss = released(f, vector.number("temp"), gradients);
      for (int view = 0; view < 3; view++) {
        Matrix gradient = backend.allocate(inputs.get(view).rows(), hidden);
        backend.upload(gradients[view], gradient);
        network.backward(inputs.get(view), tapes.get(view), gradient, null);
      }

      assertClose(held, f.get(0), vector.values("f"), 0);
      assertThat(loss).isCloseTo(vector.number("loss"), within(held.error(1)));
      assertGradients(held, backend, vector, "grads", inOrderOfKinds(network));
      network.close();
    }
  }

  /** Loss over a view, its positive and its negative, and what it wants of each of them. */
  private static double released(List<double[]> f, double temperature, double[][] gradients) {
    int size = f.get(0).length;
    double near = 0;
    double far = 0;
    for (int i = 0; i < size; i++) {
      near += Math.pow(f.get(0)[i] - f.get(1)[i], 2) / size;
      far += Math.pow(f.get(0)[i] - f.get(2)[i], 2) / size;
    }
    double share = 1 / (1 + Math.exp((near - far) / temperature));
    double factor = 2 * share * (1 - share) / temperature / size;
    for (int view = 0; view < 3; view++) {
      gradients[view] = new double[size];
    }
    for (int i = 0; i < size; i++) {
      gradients[1][i] = -factor * (f.get(0)[i] - f.get(1)[i]);
      gradients[2][i] = factor * (f.get(0)[i] - f.get(2)[i]);
      gradients[0][i] = -gradients[1][i] - gradients[2][i];
    }
    return -share;
  }

  /** First all weights, then all biases, as the vectors have them. */
  private static List<Parameter> inOrderOfKinds(Module<?> module) {
    List<Parameter> ordered = new ArrayList<>();
    for (String kind : List.of("weight", "bias")) {
      module.parameters().stream()
          .filter(parameter -> parameter.name().endsWith(kind))
          .forEach(ordered::add);
    }
    return ordered;
  }

  private static void assertGradients(
      Held held, Backend backend, CompanionVector vector, String path, List<Parameter> parameters) {
    assertThat(parameters).hasSize(vector.length(path));
    double[] all = vector.values(path);
    double largest = Arrays.stream(all).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < parameters.size(); i++) {
      double[] expected = vector.values(path + "/" + i);
      double[] gradient = backend.download(parameters.get(i).gradient());
      // a bias before batch normalisation has no gradient: what is left is the rounding of others
      boolean zero = Arrays.stream(expected).allMatch(value -> Math.abs(value) < 1e-14);
      assertClose(held, gradient, expected, zero ? largest : 0);
    }
  }

  private static void assertClose(
      Held held, double[] values, double[] expected, double smallestMagnitude) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(values)
        .containsExactly(expected, within(held.error(Math.max(largest, smallestMagnitude))));
  }

  private static Matrix matrix(Backend backend, CompanionVector vector, String path) {
    Matrix matrix = backend.allocate(vector.length(path), vector.length(path + "/0"));
    backend.upload(vector.values(path), matrix);
    return matrix;
  }
}
