package dev.sluice.compute;

class CpuObjectivesTest extends ObjectiveKernelContract {

  @Override
  Backend open() {
    return new CpuBackend();
  }

  @Override
  double tolerance() {
    return 2e-5;
  }
}
