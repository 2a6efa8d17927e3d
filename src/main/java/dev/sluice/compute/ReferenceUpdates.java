package dev.sluice.compute;

final class ReferenceUpdates implements UpdateKernels {

  @Override
  public double momentumStep(Matrix weights, Matrix gradient, Matrix velocity, double rate, double momentum, double decay, Matrix rowNorms) {
    throw new UnsupportedOperationException("momentumStep");
  }

  @Override
  public double adamStep(Matrix weights, Matrix gradient, Matrix first, Matrix second, long update, double rate, double decay, Matrix rowNorms) {
    throw new UnsupportedOperationException("adamStep");
  }

  @Override
  public void blend(double alpha, Matrix source, double beta, Matrix target) {
    throw new UnsupportedOperationException("blend");
  }
}
