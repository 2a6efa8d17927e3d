package dev.sluice.compute;

class ReferenceObjectivesTest extends ObjectiveKernelContract {

  @Override
  Backend open() {
    return new ReferenceBackend();
  }

  @Override
  double tolerance() {
    return 1e-12;
  }
}
