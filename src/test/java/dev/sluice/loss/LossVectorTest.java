package dev.sluice.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.compute.ObjectiveKernels.Contrast;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.loss.Objectives.Sizes;
import dev.sluice.vectors.CompanionVector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loss vector of the companion systems, on both backends. */
class LossVectorTest {

  static Stream<Arguments> vectors() {
    List<String> names =
        CompanionVector.names().stream().filter(name -> name.startsWith("loss_")).toList();
    assertThat(names).hasSize(21);
    return names.stream()
        .flatMap(name -> Stream.of(Arguments.of(name, "reference"), Arguments.of(name, "cpu")));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void lossAndGradients_areThoseOfTheVector(String name, String backendName) {
    CompanionVector vector = CompanionVector.named(name);
    boolean exact = backendName.equals("reference");
    try (Backend backend = exact ? new ReferenceBackend() : new CpuBackend()) {
      new Check(backend, vector, exact ? 1e-9 : 2e-5).run();
    }
  }

  private static final class Check {
    private final Backend backend;
    private final CompanionVector vector;
    private final double tolerance;

    Check(Backend backend, CompanionVector vector, double tolerance) {
      this.backend = backend;
      this.vector = vector;
      this.tolerance = tolerance;
    }

    void run() {
      switch (vector.name()) {
        case "loss_infonce_dot" ->
            pair(new TwoSidedInfoNce(backend, TwoSidedInfoNce.Similarity.DOT, n("a"), d("a")));
        case "loss_infonce_cos" ->
            pair(new TwoSidedInfoNce(backend, TwoSidedInfoNce.Similarity.COSINE, n("a"), d("a")));
        case "loss_ntxent" -> pair(new SupCon(backend, SupCon.Form.IDENTITY, n("a"), d("a")));
        case "loss_tian_simple" -> tian(Contrast.SIMPLE);
        case "loss_tian_triplet" -> tian(Contrast.TRIPLET);
        case "loss_tian_infonce" -> tian(Contrast.INFO_NCE);
        case "loss_hltm_release" -> released();
        case "loss_lp_infonce_p1", "loss_lp_infonce_p2", "loss_lp_infonce_p3" ->
            pair(new PowerInfoNce(backend, n("a"), (int) vector.number("params/p")));
        case "loss_spectral_unbiased" ->
            pair(new Spectral(backend, /* unbiased= */ true, n("a"), d("a")));
        case "loss_spectral_full" ->
            pair(new Spectral(backend, /* unbiased= */ false, n("a"), d("a")));
        case "loss_hcm_lambda" ->
            pair(new HaoChenMa(backend, n("a"), d("a"), vector.number("params/lam")));
        case "loss_supcon_out", "loss_supcon_out_skip" -> stacked(SupCon.Form.OUTSIDE);
        case "loss_supcon_in" -> stacked(SupCon.Form.INSIDE);
        case "loss_byol_cos" -> byol(Byol.Distance.COSINE);
        case "loss_byol_euclid" -> byol(Byol.Distance.EUCLID);
        case "loss_lssl_cos" -> longitudinal();
        case "loss_vicreg" -> vicReg();
        case "loss_barlow" ->
            pair(new BarlowTwins(backend, n("a"), d("a"), vector.number("params/lam")));
        default -> throw new AssertionError("no test knows " + vector.name());
      }
    }

    private int n(String key) {
      return vector.length(key);
    }

    private int d(String key) {
      return vector.length(key + "/0");
    }

    private double temperature() {
      return vector.root().at("/params/tau").asDouble(Double.NaN);
    }

    private Trial trial(Objective objective, int negativeRows, String key) {
      return new Trial(backend, objective, negativeRows, new Sizes(n(key), d(key), 0));
    }

    private void pair(Objective objective) {
      try (Trial trial = trial(objective, 0, "a")) {
        trial.set(Role.EMBEDDING0, vector.values("a"));
        trial.set(Role.EMBEDDING1, vector.values("b"));
        loss(trial.evaluate(temperature()).loss());
        gradient(trial.gradient(Role.EMBEDDING0), "grad_a");
        gradient(trial.gradient(Role.EMBEDDING1), "grad_b");
      }
    }

    private void vicReg() {
      assertThat(vector.number("params/eps")).isEqualTo(1e-4);
      pair(
          new VicReg(
              backend,
              n("a"),
              d("a"),
              new VicReg.Weights(
                  vector.number("params/li"),
                  vector.number("params/lv"),
                  vector.number("params/lc"))));
    }

    private void tian(Contrast form) {
      int h = (int) vector.number("params/H");
      Objective objective = new Tian(backend, form, h, vector.number("params/r0"));
      try (Trial trial = trial(objective, h * n("anchor"), "anchor")) {
        trial.set(Role.EMBEDDING0, vector.values("anchor"));
        trial.set(Role.EMBEDDING1, vector.values("positive"));
        trial.set(Role.NEGATIVE, vector.values("negatives"));
        loss(trial.evaluate(temperature()).loss());
        gradient(trial.gradient(Role.EMBEDDING0), "grad_anchor");
        gradient(trial.gradient(Role.EMBEDDING1), "grad_positive");
        gradient(trial.gradient(Role.NEGATIVE), "grad_negatives");
      }
    }

    private void released() {
      try (Trial trial = trial(new TianReleased(backend), n("f"), "f")) {
        trial.set(Role.EMBEDDING0, vector.values("f"));
        trial.set(Role.EMBEDDING1, vector.values("f_pos"));
        trial.set(Role.NEGATIVE, vector.values("f_neg"));
        loss(trial.evaluate(vector.number("params/temp")).loss());
        gradient(trial.gradient(Role.EMBEDDING0), "grad_f");
        gradient(trial.gradient(Role.EMBEDDING1), "grad_pos");
        gradient(trial.gradient(Role.NEGATIVE), "grad_neg");
      }
    }

    /** The vector stacks the views, and in one case their labels are not the same. */
    private void stacked(SupCon.Form form) {
      int batch = n("z") / 2;
      int width = d("z");
      double[] z = vector.values("z");
      SupCon objective = new SupCon(backend, form, batch, width);
      try (Trial trial = new Trial(backend, objective, 0, new Sizes(batch, width, 0))) {
        trial.set(Role.EMBEDDING0, Arrays.copyOf(z, batch * width));
        trial.set(Role.EMBEDDING1, Arrays.copyOfRange(z, batch * width, z.length));
        int[] labels = vector.labels("labels");
        loss(objective.evaluate(trial.tensors, temperature(), labels).loss());
        double[] both = Arrays.copyOf(trial.gradient(Role.EMBEDDING0), z.length);
        System.arraycopy(trial.gradient(Role.EMBEDDING1), 0, both, batch * width, batch * width);
        gradient(both, "grad_z");
      }
    }

    /** Both halves of the loss are the vector's, so that each gradient is half of it. */
    private void byol(Byol.Distance form) {
      Objective objective =
          new Byol(backend, form, /* stopGradient= */ false, n("pred"), d("pred"));
      try (Trial trial = trial(objective, 0, "pred")) {
        trial.set(Role.PREDICTION0, vector.values("pred"));
        trial.set(Role.PREDICTION1, vector.values("pred"));
        trial.set(Role.TARGET0, vector.values("target"));
        trial.set(Role.TARGET1, vector.values("target"));
        loss(trial.evaluate(temperature()).loss());
        gradient(twice(trial.gradient(Role.PREDICTION0)), "grad_pred");
        gradient(twice(trial.gradient(Role.PREDICTION1)), "grad_pred");
        gradient(twice(trial.gradient(Role.TARGET0)), "grad_target_without_stopgrad");
        gradient(twice(trial.gradient(Role.TARGET1)), "grad_target_without_stopgrad");
      }
    }

    private void longitudinal() {
      Objective objective = new DirectionLoss(backend, n("z1"), 1, vector.values("tau_vec"));
      try (Trial trial = trial(objective, 0, "z1")) {
        trial.set(Role.EMBEDDING0, vector.values("z1"));
        trial.set(Role.EMBEDDING1, vector.values("z2"));
        loss(trial.evaluate(temperature()).loss());
        gradient(trial.gradient(Role.EMBEDDING0), "grad_z1");
        gradient(trial.gradient(Role.EMBEDDING1), "grad_z2");
        gradient(trial.gradient(objective.parameters().get(0)), "grad_tau");
      }
    }

    private static double[] twice(double[] values) {
      return Arrays.stream(values).map(value -> 2 * value).toArray();
    }

    private void loss(double measured) {
      double expected = vector.number("loss");
      assertThat(measured).isCloseTo(expected, within(tolerance * Math.abs(expected)));
    }

    private void gradient(double[] measured, String key) {
      double[] expected = vector.values(key);
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      assertThat(measured).containsExactly(expected, within(tolerance * largest));
    }
  }
}
