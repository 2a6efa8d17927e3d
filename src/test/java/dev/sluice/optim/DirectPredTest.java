package dev.sluice.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.compute.State;
import dev.sluice.model.Initialiser;
import dev.sluice.model.Linear;
import dev.sluice.vectors.CompanionVector;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DirectPredTest {
  private final Backend reference = new ReferenceBackend();

  @ParameterizedTest
  @CsvSource({"op_directpred_relative,RELATIVE", "op_directpred_absolute,ABSOLUTE"})
  void predictor_givesTheVector(String name, DirectPred.Form form) {
    CompanionVector vector = CompanionVector.named(name);
    assertThat(vector.at("params/relative").asBoolean())
        .isEqualTo(form == DirectPred.Form.RELATIVE);
    double[] expected = vector.values("Wp");
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();

    assertThat(predictor(reference, form, vector)).containsExactly(expected, within(1e-9));
    try (Backend cpu = new CpuBackend()) {
      assertThat(predictor(cpu, form, vector)).containsExactly(expected, within(2e-5 * largest));
    }
  }

  /** Twice F, halved by a batch of zeros, is F to the last bit. */
  private static double[] predictor(Backend backend, DirectPred.Form form, CompanionVector vector) {
    int d = vector.length("F_ema");
    Linear predictor = predictor(backend, d);
    DirectPred hook = new DirectPred(backend, form, 0.5, vector.number("params/eps"), predictor);
    double[] twice = Arrays.stream(vector.values("F_ema")).map(value -> 2 * value).toArray();
    State state = new State();
    state.put("hook.moment", twice);
    state.put("hook.predictor", new double[d * d]);
    hook.load("hook", state);

    hook.afterEncoding(backend.allocate(3, d), backend.allocate(3, d));

    assertThat(hook.moment()).isEqualTo(vector.values("F_ema"));
    return backend.download(predictor.weight().value());
  }

  @Test
  void moment_isUncentredOverBothViewsAndForgets() {
    DirectPred hook =
        new DirectPred(reference, DirectPred.Form.RELATIVE, 0.25, 0.1, predictor(reference, 2));
    Matrix view0 = matrix(2, 1, 2, 3, 4);
    Matrix view1 = matrix(2, 0, 1, 0, 1);

    hook.afterEncoding(view0, view1);
    // sums of products over the four rows: 10, 14, 22
    double[] mean = {10 / 4.0, 14 / 4.0, 14 / 4.0, 22 / 4.0};
    assertThat(hook.moment()).containsExactly(times(0.75, mean), within(1e-12));

    hook.afterEncoding(view0, view1);
    assertThat(hook.moment()).containsExactly(times(0.75 * 1.25, mean), within(1e-12));
  }

  @Test
  void predictor_hasTheRootsOfTheMomentAsGains() {
    Linear predictor = predictor(reference, 2);
    DirectPred hook = new DirectPred(reference, DirectPred.Form.RELATIVE, 0, 0.1, predictor);

    hook.afterEncoding(matrix(2, 4, 0, 0, 1), matrix(2, 4, 0, 0, 1));

    assertThat(weights(predictor)).containsExactly(new double[] {1.1, 0, 0, 0.35}, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(DirectPred.Form.class)
  void gains_doNotFallBelowTheirLeast(DirectPred.Form form) {
    Linear predictor = predictor(reference, 2);
    DirectPred hook = new DirectPred(reference, form, 0, 0, predictor);

    hook.afterEncoding(reference.allocate(2, 2), reference.allocate(2, 2));

    assertThat(weights(predictor)).containsExactly(new double[] {1e-4, 0, 0, 1e-4}, within(1e-15));
  }

  @Test
  void loaded_goesOnAsIfNothingHadBeen() {
    Linear predictor = predictor(reference, 2);
    DirectPred hook = new DirectPred(reference, DirectPred.Form.ABSOLUTE, 0.3, 0.1, predictor);
    Matrix view = matrix(2, 4, 1, -1, 1);
    hook.afterEncoding(view, view);
    State state = new State();
    hook.save("hook", state);
    Linear otherPredictor = predictor(reference, 2);
    DirectPred other =
        new DirectPred(reference, DirectPred.Form.ABSOLUTE, 0.3, 0.1, otherPredictor);

    other.load("hook", state);
    assertThat(weights(otherPredictor)).isEqualTo(weights(predictor));
    hook.afterEncoding(view, view);
    other.afterEncoding(view, view);

    assertThat(weights(otherPredictor)).isEqualTo(weights(predictor));
    assertThat(other.moment()).isEqualTo(hook.moment());
  }

  @Test
  void predictor_mustBeSquareWithoutABias() {
    Linear wide = new Linear(reference, 3, 2, Initialiser.he(1, 0));
    Linear biased = new Linear(reference, 2, 2, Initialiser.he(1, 0), Initialiser.constant(0));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DirectPred(reference, DirectPred.Form.RELATIVE, 0.3, 0.1, wide))
        .withMessageContaining("2 x 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DirectPred(reference, DirectPred.Form.RELATIVE, 0.3, 0.1, biased))
        .withMessageContaining("2 tensors");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DirectPred(
                    reference, DirectPred.Form.RELATIVE, 1, 0.1, predictor(reference, 2)))
        .withMessage("memory must be in [0, 1): 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DirectPred(
                    reference, DirectPred.Form.RELATIVE, 0.3, -1, predictor(reference, 2)))
        .withMessageContaining("-1.0");
  }

  private static Linear predictor(Backend backend, int width) {
    return new Linear(backend, width, width, Initialiser.he(1, 0));
  }

  private double[] weights(Linear linear) {
    return reference.download(linear.weight().value());
  }

  private Matrix matrix(int columns, double... values) {
    Matrix matrix = reference.allocate(values.length / columns, columns);
    reference.upload(values, matrix);
    return matrix;
  }

  private static double[] times(double factor, double[] values) {
    return Arrays.stream(values).map(value -> factor * value).toArray();
  }
}
