package dev.sluice.compute;

class ReferenceUpdatesTest extends UpdateKernelContract {

  @Override
  Backend open() {
    return new ReferenceBackend();
  }

  @Override
  double tolerance() {
    return 1e-12;
  }
}
