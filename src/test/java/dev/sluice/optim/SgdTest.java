package dev.sluice.optim;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.compute.Backend;
import dev.sluice.compute.ReferenceBackend;
import dev.sluice.model.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class SgdTest extends OptimiserContract {

  @Override
  Optimiser create(Backend backend, List<Parameter> parameters) {
    return new Sgd(backend, 0.9, parameters);
  }

  @Override
  String vector() {
    return "opt_sgd_momentum_wd";
  }

  @Override
  double rate() {
    return 0.1;
  }

  @Override
  double decay() {
    return 0.01;
  }

  @Test
  void momentum_mustLeaveSomethingOfTheGradient() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sgd(new ReferenceBackend(), 1, List.of()))
        .withMessage("momentum must be in [0, 1): 1.0");
  }
}
