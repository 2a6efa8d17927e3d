package dev.sluice.model;

import dev.sluice.compute.Backend;

class LeakyReluTest extends ModuleContract<OutputTape> {

  @Override
  Module<OutputTape> create(Backend backend) {
    return new LeakyRelu(backend, 5, 0.2);
  }
}
