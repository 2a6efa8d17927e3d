package dev.sluice.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ObjectiveKernels.Contrast;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.event.StepReport;
import dev.sluice.loss.Objectives.Sizes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses known on paper, and what objectives refuse. */
class ObjectiveEdgesTest {
  private static final Sizes SIZES = new Sizes(6, 4, 0);

  private final Backend backend = new ReferenceBackend();

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  // ---- a collapsed representation: every row the same, and not zero

  @ParameterizedTest
  @EnumSource
  void supCon_ofACollapsedBatchIsThatOfChance(SupCon.Form form) {
    assertThat(collapsed(new SupCon(backend, form, 6, 4), 0.1))
        .isCloseTo(Math.log(11), within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void twoSidedInfoNce_ofACollapsedBatchIsThatOfChance(TwoSidedInfoNce.Similarity form) {
    assertThat(collapsed(new TwoSidedInfoNce(backend, form, 6, 4), 0.1))
        .isCloseTo(Math.log(6), within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void byol_isAtItsBestWhenCollapsed(Byol.Distance form) {
    Byol objective = new Byol(backend, form, /* stopGradient= */ true, 6, 4);

    assertThat(collapsed(objective, 1)).isCloseTo(objective.lowerBound(), within(1e-12));
  }

  @Test
  void vicReg_ofACollapsedBatchIsItsVarianceTerm() {
    assertThat(collapsed(new VicReg(backend, 6, 4, VicReg.Weights.USUAL), 1))
        .isCloseTo(25 * 0.99, within(1e-12));
  }

  @Test
  void barlowTwins_ofACollapsedBatchIsItsWidth() {
    assertThat(collapsed(new BarlowTwins(backend, 6, 4, 0.005), 1)).isCloseTo(4, within(1e-12));
  }

  private double collapsed(Objective objective, double temperature) {
    try (Trial trial = new Trial(backend, objective, 0, SIZES)) {
      trial.tensors.labels(Trial.labels(6));
      for (Role role : objective.reads()) {
        double[] values = trial.value(role);
        Arrays.setAll(values, i -> 0.5 + i % 4);
        trial.set(role, values);
      }
      return trial.evaluate(temperature).loss();
    }
  }

  // ---- bounds that are reached

  @Test
  void spectralFull_reachesItsBound() {
    try (Objective objective = new Spectral(backend, /* unbiased= */ false, 4, 4);
        Trial trial = new Trial(backend, objective, 0, new Sizes(4, 4, 0))) {
      double[] identity = new double[16];
      for (int i = 0; i < 4; i++) {
        identity[5 * i] = 2;
      }
      trial.set(Role.EMBEDDING0, identity);
      trial.set(Role.EMBEDDING1, identity);

      assertThat(trial.evaluate(1).loss()).isCloseTo(objective.lowerBound(), within(1e-12));
      assertZero(trial.gradient(Role.EMBEDDING0));
    }
  }

  @Test
  void powerInfoNce_ofFarApartPairsIsItsBound() {
    try (Objective objective = new PowerInfoNce(backend, 6, 1);
        Trial trial = new Trial(backend, objective, 0, SIZES)) {
      double[] apart = new double[24];
      Arrays.setAll(apart, i -> 1000 * i);
      trial.set(Role.EMBEDDING0, apart);
      trial.set(Role.EMBEDDING1, apart);

      assertThat(trial.evaluate(1).loss()).isCloseTo(objective.lowerBound(), within(1e-12));
      assertThat(trial.evaluate(1).top1()).isEqualTo(1);
    }
  }

  // ---- rows without a direction

  @Test
  void unitRows_giveAZeroRowNoDirectionAndNoGradient() {
    try (Scratch scratch = new Scratch(backend)) {
      UnitRows directions = new UnitRows(backend, scratch, 2, 2);
      Matrix source = scratch.matrix(2, 2);
      Matrix gradient = scratch.matrix(2, 2);
      backend.upload(new double[] {0, 0, 3, 4}, source);
      backend.upload(new double[] {1, 2, 1, 2}, gradient);

      double[] unit = backend.download(directions.forward(source));
      directions.backward(source, gradient);

      assertThat(unit).containsExactly(new double[] {0, 0, 0.6, 0.8}, within(1e-12));
      double[] expected = {0, 0, (1 - 0.6 * 2.2) / 5, (2 - 0.8 * 2.2) / 5};
      assertThat(backend.download(gradient)).containsExactly(expected, within(1e-12));
    }
  }

  @Test
  void longitudinal_ofPairsThatDoNotMoveHasNoGradient() {
    Objective objective = new DirectionLoss(backend, 6, 0.5, new double[] {1, 0, 0, 0});
    try (Trial trial = new Trial(backend, objective, 0, SIZES).random()) {
      trial.set(Role.EMBEDDING1, trial.value(Role.EMBEDDING0));

      assertThat(trial.evaluate(1).loss()).isEqualTo(0.5);

      assertZero(trial.gradient(Role.EMBEDDING0));
      assertZero(trial.gradient(Role.EMBEDDING1));
      assertZero(trial.gradient(objective.parameters().get(0)));
    }
  }

  /** Of either sign. */
  private static void assertZero(double[] values) {
    assertThat(Arrays.stream(values).map(Math::abs).toArray()).containsOnly(0);
  }

  // ---- sums

  @Test
  void sum_addsLossesAndKeepsTheContrastOfItsTerm() {
    try (Trial alone = new Trial(backend, new TianReleased(backend), 6, SIZES).random();
        Trial other = new Trial(backend, new Reconstruction(backend), 0, SIZES).random();
        Trial both =
            new Trial(
                    backend,
                    new Sum(
                        "both", List.of(new Reconstruction(backend), new TianReleased(backend))),
                    6,
                    SIZES)
                .random()) {
      assertThat(both.evaluate(0.7).loss())
          .isEqualTo(other.evaluate(0.7).loss() + alone.evaluate(0.7).loss());
      assertThat(both.evaluate(0.7).probability()).isEqualTo(alone.evaluate(0.7).probability());
      assertThat(StepReport.isAbsent(both.evaluate(0.7).top1())).isTrue();
      assertThat(both.objective.lowerBound()).isEqualTo(-1);
      assertThat(both.objective.chance(1)).isNaN();
    }
  }

  @Test
  void sum_refusesTwoTermsThatGiveOneTensor() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Sum("twice", List.of(new TianReleased(backend), new TianReleased(backend))))
        .withMessageContaining("two terms of twice give EMBEDDING0");
  }

  // ---- settings

  @Test
  void settings_outOfRangeAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tian(backend, Contrast.SIMPLE, 0, 0))
        .withMessageContaining("given 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PowerInfoNce(backend, 6, 0))
        .withMessageContaining("positive: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HaoChenMa(backend, 6, 4, -1))
        .withMessageContaining("negative: -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BarlowTwins(backend, 6, 4, Double.NaN))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VicReg.Weights(1, -1, 1))
        .withMessageContaining("variance");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DirectionLoss(backend, 6, 1, new double[4]))
        .withMessageContaining("direction");
  }

  @Test
  void supCon_refusesLabelsOfAnotherBatch() {
    try (Trial trial =
        new Trial(backend, new SupCon(backend, SupCon.Form.OUTSIDE, 6, 4), 0, SIZES)) {
      trial.tensors.labels(new int[5]);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> trial.evaluate(1))
          .withMessageContaining("6 labels")
          .withMessageContaining("given 5");
    }
  }
}
