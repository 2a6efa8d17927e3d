package dev.sluice.compute;

class CpuUpdatesTest extends UpdateKernelContract {

  @Override
  Backend open() {
    return new CpuBackend();
  }

  @Override
  double tolerance() {
    return 2e-5;
  }
}
