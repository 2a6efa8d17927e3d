package dev.sluice.compute;

import static dev.sluice.compute.ReferenceMatrix.values;

import java.util.Arrays;

/** The update kernels of {@link ReferenceBackend}. */
final class ReferenceUpdates implements UpdateKernels {

  @Override
  public double momentumStep(
      Matrix weights,
      Matrix gradient,
      Matrix velocity,
      double rate,
      double momentum,
      double decay,
      Matrix rowNorms) {
    KernelShapes.same("momentumStep", weights, gradient);
    KernelShapes.same("momentumStep", weights, velocity);
    KernelShapes.rowNormsOf("momentumStep", weights, rowNorms);
    double[] w = values(weights);
    double[] g = values(gradient);
    double[] v = values(velocity);
    double squares = 0;
    for (int i = 0; i < w.length; i++) {
      squares += g[i] * g[i];
      v[i] = momentum * v[i] + g[i] + decay * w[i];
      w[i] -= rate * v[i];
    }
    norms(w, values(rowNorms));
    return squares;
  }

  @Override
  public double adamStep(
      Matrix weights,
      Matrix gradient,
      Matrix first,
      Matrix second,
      long update,
      double rate,
      double decay,
      Matrix rowNorms) {
    KernelShapes.same("adamStep", weights, gradient);
    KernelShapes.same("adamStep", weights, first);
    KernelShapes.same("adamStep", weights, second);
    KernelShapes.rowNormsOf("adamStep", weights, rowNorms);
    double[] w = values(weights);
    double[] g = values(gradient);
    double[] m = values(first);
    double[] v = values(second);
    double unbiasFirst = 1 - Math.pow(ADAM_FIRST, (double) update);
    double unbiasSecond = 1 - Math.pow(ADAM_SECOND, (double) update);
    double squares = 0;
    for (int i = 0; i < w.length; i++) {
      squares += g[i] * g[i];
      double decayed = g[i] + decay * w[i];
      m[i] = ADAM_FIRST * m[i] + (1 - ADAM_FIRST) * decayed;
      v[i] = ADAM_SECOND * v[i] + (1 - ADAM_SECOND) * decayed * decayed;
      w[i] -= rate * (m[i] / unbiasFirst) / (Math.sqrt(v[i] / unbiasSecond) + ADAM_EPSILON);
    }
    norms(w, values(rowNorms));
    return squares;
  }

  @Override
  public void blend(double alpha, Matrix source, double beta, Matrix target) {
    KernelShapes.same("blend", source, target);
    double[] x = values(source);
    double[] y = values(target);
    for (int i = 0; i < y.length; i++) {
      double added = alpha == 0 ? 0 : alpha * x[i];
      y[i] = beta == 0 ? added : beta * y[i] + added;
    }
  }

  private static void norms(double[] weights, double[] norms) {
    int width = weights.length / norms.length;
    Arrays.fill(norms, 0);
    for (int i = 0; i < weights.length; i++) {
      norms[i / width] += weights[i] * weights[i];
    }
    Arrays.setAll(norms, row -> Math.sqrt(norms[row]));
  }
}
