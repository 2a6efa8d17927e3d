package dev.sluice.optim;

import dev.sluice.compute.Backend;
import dev.sluice.model.Parameter;
import java.util.List;

class AdamTest extends OptimiserContract {

  @Override
  Optimiser create(Backend backend, List<Parameter> parameters) {
    return new Adam(backend, parameters);
  }

  @Override
  String vector() {
    return "opt_adam";
  }

  @Override
  double rate() {
    return 0.01;
  }

  @Override
  double decay() {
    return 0;
  }
}
