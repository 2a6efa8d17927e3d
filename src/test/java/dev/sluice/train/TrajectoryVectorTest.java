package dev.sluice.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.augment.BatchShape;
import dev.sluice.augment.PairBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.event.KnobValues;
import dev.sluice.loss.Byol;
import dev.sluice.loss.HaoChenMa;
import dev.sluice.loss.Objective;
import dev.sluice.loss.SupCon;
import dev.sluice.loss.TianReleased;
import dev.sluice.model.Initialiser;
import dev.sluice.model.LeakyRelu;
import dev.sluice.model.Linear;
import dev.sluice.model.Networks;
import dev.sluice.model.Parameter;
import dev.sluice.model.Sequential;
import dev.sluice.model.TreeEncoder;
import dev.sluice.model.UnitSphere;
import dev.sluice.optim.Adam;
import dev.sluice.optim.Optimiser;
import dev.sluice.optim.Sgd;
import dev.sluice.vectors.CompanionVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The step of the companion systems, over several steps on one batch: the loss of each, and where
 * the weights come to.
 */
class TrajectoryVectorTest {
  private static final List<String> VIEWS = List.of("view1", "view2");

  /** A backend and what it is held to. */
  enum Held {
    REFERENCE(1e-9, 0) {
      @Override
      Backend open() {
        return new ReferenceBackend();
      }
    },
    CPU(0, 2e-5) {
      @Override
      Backend open() {
        return new CpuBackend();
      }
    };

    private final double absolute;
    private final double relative;

    Held(double absolute, double relative) {
      this.absolute = absolute;
      this.relative = relative;
    }

    abstract Backend open();

    /** Relative to the largest magnitude of the whole tensor. */
    void assertClose(String what, double[] values, double[] expected) {
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      assertThat(values).as(what).containsExactly(expected, within(absolute + relative * largest));
    }
  }

  static Stream<Arguments> linear() {
    return named("traj_byol_linear_");
  }

  static Stream<Arguments> mlp() {
    return named("traj_mlp_");
  }

  private static Stream<Arguments> named(String family) {
    List<String> names =
        CompanionVector.names().stream().filter(name -> name.startsWith(family)).toList();
    assertThat(names).isNotEmpty();
    return names.stream()
        .flatMap(name -> Arrays.stream(Held.values()).map(held -> Arguments.of(name, held)));
  }

  @ParameterizedTest
  @MethodSource("linear")
  void withoutNegatives_oneMatrixFollowsTheVector(String name, Held held) {
    CompanionVector vector = CompanionVector.named(name);
    boolean stopGradient = !name.endsWith("nosg");
    try (Backend backend = held.open();
        Run run = linear(backend, vector, stopGradient)) {
      int steps = (int) vector.number("steps");
      double[] losses = new double[steps];
      double[] norms = new double[steps];
      Parameter weight = run.parameters().get(0);
      for (int step = 0; step < steps; step++) {
        norms[step] = norm(backend.download(weight.value()));
        losses[step] = run.step();
      }

      held.assertClose("loss", losses, vector.values("loss_per_step"));
      held.assertClose("norm", norms, vector.values("W_norm_before_step"));
      held.assertClose("W", backend.download(weight.value()), vector.values("W_final"));
      if (run.parameters().size() > 1) {
        held.assertClose(
            "Wp", backend.download(run.parameters().get(1).value()), vector.values("P_final"));
      }
    }
  }

  private static Run linear(Backend backend, CompanionVector vector, boolean stopGradient) {
    int width = vector.length("W0");
    Networks networks =
        new Networks(
            layer(backend, vector, "W0", null),
            vector.at("P0").isNull() ? null : layer(backend, vector, "P0", null),
            null,
            null);
    Objective objective =
        new Byol(backend, Byol.Distance.EUCLID, stopGradient, vector.length("view1"), width);
    Optimiser optimiser = new Sgd(backend, 0, networks.parameters());
    return new Run(
        backend,
        vector,
        VIEWS,
        networks,
        objective,
        optimiser,
        Setting.ofRate(vector.number("lr")));
  }

  @ParameterizedTest
  @MethodSource("mlp")
  void twoLayers_followTheVector(String name, Held held) {
    CompanionVector vector = CompanionVector.named(name);
    try (Backend backend = held.open();
        Run run = mlp(backend, vector)) {
      double[] losses = new double[vector.length("loss_per_step")];
      for (int step = 0; step < losses.length; step++) {
        losses[step] = run.step();
      }

      held.assertClose("loss", losses, vector.values("loss_per_step"));
      List<Parameter> ordered = weightsThenBiases(run.parameters());
      for (int i = 0; i < ordered.size(); i++) {
        held.assertClose(
            ordered.get(i).name(),
            backend.download(ordered.get(i).value()),
            vector.values("params_final/" + i));
      }
    }
  }

  /**
   * The vectors do not write down rate, momentum, decay and temperature. These give their numbers
   * to the last digit; of a grid about them no others do.
   */
  private static Run mlp(Backend backend, CompanionVector vector) {
    Networks networks =
        Networks.of(
            new Sequential(
                backend,
                List.of(
                    layer(backend, vector, "params0/0", "params0/2"),
                    new LeakyRelu(backend, vector.length("params0/0"), 0),
                    layer(backend, vector, "params0/1", "params0/3"))));
    List<Parameter> parameters = networks.parameters();
    int batch = vector.length("view1");
    int width = vector.length("params0/1");
    Objective objective =
        switch (vector.name()) {
          case "traj_mlp_ntxent_adam" -> new SupCon(backend, SupCon.Form.IDENTITY, batch, width);
          case "traj_mlp_supcon_sgd" -> new SupCon(backend, SupCon.Form.OUTSIDE, batch, width);
          case "traj_mlp_hcm_sgd" -> new HaoChenMa(backend, batch, width, 1);
          default -> throw new AssertionError("no test knows " + vector.name());
        };
    Optimiser optimiser =
        switch (vector.name()) {
          case "traj_mlp_ntxent_adam" -> new Adam(backend, parameters);
          case "traj_mlp_supcon_sgd" -> new Sgd(backend, 0.9, parameters);
          default -> new Sgd(backend, 0, parameters);
        };
    Setting setting =
        switch (vector.name()) {
          case "traj_mlp_ntxent_adam" -> new Setting(0.5, 0.01, 0);
          case "traj_mlp_supcon_sgd" -> new Setting(0.3, 0.1, 0.001);
          default -> Setting.ofRate(0.02);
        };
    return new Run(backend, vector, VIEWS, networks, objective, optimiser, setting);
  }

  @ParameterizedTest
  @EnumSource(Held.class)
  void tree_stepsByTheGradientsOfTheVector(Held held) {
    CompanionVector vector = CompanionVector.named("net_hltm_tree");
    try (Backend backend = held.open();
        Run run = tree(backend, vector)) {
      List<double[]> before = values(backend, run.parameters());

      double loss = run.step();

      held.assertClose("loss", new double[] {loss}, new double[] {vector.number("loss")});
      held.assertClose("f", run.embedding(), vector.values("f"));
      List<Parameter> ordered = weightsThenBiases(run.parameters());
      assertThat(ordered).hasSize(vector.length("grads"));
      for (int i = 0; i < ordered.size(); i++) {
        double[] expected = vector.values("grads/" + i);
        held.assertClose(
            ordered.get(i).name(), backend.download(ordered.get(i).gradient()), expected);
      }
      assertStepped(held, before, values(backend, run.parameters()), vector);
    }
  }

  private static Run tree(Backend backend, CompanionVector vector) {
    int hidden = (int) vector.number("hid");
    Networks networks =
        Networks.of(
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
                    new UnitSphere(backend, hidden, 0, vector.number("eps")))));
    return new Run(
        backend,
        vector,
        List.of("x", "x_pos", "x_neg"),
        networks,
        new TianReleased(backend),
        new Sgd(backend, 0, networks.parameters()),
        new Setting(vector.number("temp"), 1, 0));
  }

  /** A rate of 1 subtracts the gradient itself. */
  private static void assertStepped(
      Held held, List<double[]> before, List<double[]> after, CompanionVector vector) {
    int levels = before.size() / 2;
    for (int i = 0; i < before.size(); i++) {
      double[] gradient = vector.values("grads/" + (i % 2 * levels + i / 2));
      double[] expected = before.get(i).clone();
      for (int j = 0; j < expected.length; j++) {
        expected[j] -= gradient[j];
      }
      held.assertClose("tensor " + i + " after the step", after.get(i), expected);
    }
  }

  private static Linear layer(
      Backend backend, CompanionVector vector, String weight, @Nullable String bias) {
    return new Linear(
        backend,
        vector.length(weight + "/0"),
        vector.length(weight),
        Initialiser.values(vector.values(weight)),
        bias == null ? null : Initialiser.values(vector.values(bias)));
  }

  private static List<double[]> values(Backend backend, List<Parameter> parameters) {
    return parameters.stream().map(parameter -> backend.download(parameter.value())).toList();
  }

  private static List<Parameter> weightsThenBiases(List<Parameter> parameters) {
    List<Parameter> ordered = new ArrayList<>();
    for (String kind : List.of("weight", "bias")) {
      parameters.stream()
          .filter(parameter -> parameter.name().endsWith(kind))
          .forEach(ordered::add);
    }
    return ordered;
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }

  /** Of an update. */
  private record Setting(double temperature, double rate, double decay) {
    static Setting ofRate(double rate) {
      return new Setting(Double.NaN, rate, 0);
    }
  }

  /** A learner and the one batch that all of its steps are made on. */
  private static final class Run implements AutoCloseable {
    private static final KnobValues NO_KNOBS = new KnobValues(Map.of());

    private final Backend backend;
    private final Learner learner;
    private final Setting setting;
    private final PairBatch batch;

    /**
     * @param views where the vector has first and second views and, if any, negatives
     */
    Run(
        Backend backend,
        CompanionVector vector,
        List<String> views,
        Networks networks,
        Objective objective,
        Optimiser optimiser,
        Setting setting) {
      this.backend = backend;
      this.setting = setting;
      int rows = vector.length(views.get(0));
      int inputs = vector.length(views.get(0) + "/0");
      int negatives = views.size() > 2 ? vector.length(views.get(2)) : 0;
      boolean labelled = vector.root().has("labels");
      learner = new Learner(backend, networks, objective, optimiser, List.of(), rows, negatives);
      batch = new PairBatch(backend, BatchShape.ofViews(rows, inputs, negatives, labelled));
      backend.upload(vector.values(views.get(0)), batch.view0());
      backend.upload(vector.values(views.get(1)), batch.view1());
      if (negatives > 0) {
        backend.upload(vector.values(views.get(2)), Objects.requireNonNull(batch.negatives()));
      }
      if (labelled) {
        System.arraycopy(vector.labels("labels"), 0, batch.labels(), 0, rows);
      }
    }

    /** The loss before the update. */
    double step() {
      learner.forward(batch);
      double loss = learner.contrast(setting.temperature()).loss();
      learner.backward();
      learner.update(setting.rate(), setting.decay(), NO_KNOBS);
      return loss;
    }

    double[] embedding() {
      return backend.download(learner.pass0().output());
    }

    List<Parameter> parameters() {
      return learner.networks().parameters();
    }

    @Override
    public void close() {
      batch.close();
      learner.close();
    }
  }
}
