package dev.sluice.model;

import dev.sluice.compute.Backend;

class MeanPoolTest extends ModuleContract<OutputTape> {

  @Override
  Module<OutputTape> create(Backend backend) {
    return new MeanPool(backend, 5, 3);
  }
}
