package dev.sluice.model;

import dev.sluice.compute.Backend;

class BatchNormTest extends ModuleContract<BatchNormTape> {

  @Override
  Module<BatchNormTape> create(Backend backend) {
    return new BatchNorm(backend, 5, 1e-5);
  }
}
