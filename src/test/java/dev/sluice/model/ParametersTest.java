package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.compute.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private final Backend backend = new ReferenceBackend();

  @Test
  void clearGradients_clearsWhateverIsThere() {
    Parameter parameter = Parameter.of(backend, "0.weight", 1, 2);
    backend.upload(new double[] {3, Double.NaN}, parameter.gradient());
    backend.upload(new double[] {1, 2}, parameter.value());

    Parameters.clearGradients(backend, List.of(parameter));

    assertThat(backend.download(parameter.gradient())).containsExactly(0, 0);
    assertThat(backend.download(parameter.value())).containsExactly(1, 2);
  }

  @Test
  void loaded_areAsSaved() {
    Parameter parameter = Parameter.of(backend, "0.weight", 1, 2, Initialiser.he(1, 0), 2);
    double[] values = backend.download(parameter.value());
    State state = new State();

    Parameters.save("encoder", backend, List.of(parameter), state);
    backend.upload(new double[] {0, 0}, parameter.value());
    Parameters.load("encoder", backend, List.of(parameter), state);

    assertThat(state.names()).containsExactly("encoder.0.weight");
    assertThat(backend.download(parameter.value())).isEqualTo(values);
  }
}
