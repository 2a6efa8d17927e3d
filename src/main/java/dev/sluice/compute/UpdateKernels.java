package dev.sluice.compute;

/** The kernels of optimisers: one pass over a tensor, its gradient and the optimiser's memory. */
public interface UpdateKernels {

  /** Adam's b1. */
  double ADAM_FIRST = 0.9;

  /** Adam's b2. */
  double ADAM_SECOND = 0.999;

  /** Adam's epsilon, outside the root. */
  double ADAM_EPSILON = 1e-8;

  /**
   * SGD with momentum and L2 decay: {@code v = momentum v + g + decay w; w = w - rate v}.
   *
   * @param rowNorms shape (1, rows of w): receives the Euclidean norm of every new row
   * @return sum of squares of g (without the decay term)
   */
  double momentumStep(
      Matrix weights,
      Matrix gradient,
      Matrix velocity,
      double rate,
      double momentum,
      double decay,
      Matrix rowNorms);

  /**
   * Adam (Kingma and Ba 2015): {@code m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; w = w - rate (m /
   * (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)}, with {@code g + decay w} for g where decay is
   * not 0.
   *
   * @param update t, from 1
   * @param rowNorms shape (1, rows of w): receives the Euclidean norm of every new row
   * @return sum of squares of g (without the decay term)
   */
  double adamStep(
      Matrix weights,
      Matrix gradient,
      Matrix first,
      Matrix second,
      long update,
      double rate,
      double decay,
      Matrix rowNorms);

  /**
   * {@code target = beta target + alpha source}. As in BLAS, what a factor of 0 stands before is
   * not read: it may be NaN.
   */
  void blend(double alpha, Matrix source, double beta, Matrix target);
}
