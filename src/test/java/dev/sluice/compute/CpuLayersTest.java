package dev.sluice.compute;

class CpuLayersTest extends LayerKernelContract {

  @Override
  Backend open() {
    return new CpuBackend();
  }

  @Override
  double tolerance() {
    return 2e-5;
  }
}
