package dev.sluice.model;

import dev.sluice.compute.Backend;

class CircularConvolutionTest extends ModuleContract<ConvolutionTape> {

  @Override
  Module<ConvolutionTape> create(Backend backend) {
    return new CircularConvolution(
        backend, 7, 3, 4, Initialiser.he(1, 0), Initialiser.uniform(1, 1));
  }
}
