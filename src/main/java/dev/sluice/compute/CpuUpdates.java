package dev.sluice.compute;

import static dev.sluice.compute.CpuBackend.cpu;

import java.util.Arrays;

/** The update kernels of {@link CpuBackend}, under its rules of threading. */
final class CpuUpdates implements UpdateKernels {
  private final Scratch scratch = new Scratch(5);

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
    CpuMatrix w = cpu(weights);
    CpuMatrix g = cpu(gradient);
    CpuMatrix v = cpu(velocity);
    int columns = w.columns();
    int blockRows = Scratch.blockRows(columns);
    float[] weightBlock = scratch.array(0, blockRows * columns);
    float[] gradientBlock = scratch.array(1, blockRows * columns);
    float[] velocityBlock = scratch.array(2, blockRows * columns);
    float[] norms = scratch.array(4, w.rows());
    double squares = 0;
    for (int row = 0; row < w.rows(); row += blockRows) {
      int rows = Math.min(blockRows, w.rows() - row);
      int at = row * columns;
      int count = rows * columns;
      w.read(at, weightBlock, count);
      g.read(at, gradientBlock, count);
      v.read(at, velocityBlock, count);
      squares += Rows.dot(gradientBlock, gradientBlock, count);
      momentum(
          weightBlock,
          gradientBlock,
          velocityBlock,
          (float) rate,
          (float) momentum,
          (float) decay,
          count);
      w.write(at, weightBlock, 0, count);
      v.write(at, velocityBlock, 0, count);
      Blocks.rowNorms(weightBlock, rows, columns, norms, row);
    }
    cpu(rowNorms).write(0, norms, 0, w.rows());
    return squares;
  }

  private static void momentum(
      float[] w, float[] g, float[] v, float rate, float momentum, float decay, int n) {
    for (int i = 0; i < n; i++) {
      float next = momentum * v[i] + (g[i] + decay * w[i]);
      v[i] = next;
      w[i] = w[i] - rate * next;
    }
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
    CpuMatrix w = cpu(weights);
    CpuMatrix g = cpu(gradient);
    CpuMatrix m = cpu(first);
    CpuMatrix v = cpu(second);
    float stride = (float) (rate / (1 - Math.pow(ADAM_FIRST, (double) update)));
    float unbias = (float) (1 / (1 - Math.pow(ADAM_SECOND, (double) update)));
    int columns = w.columns();
    int blockRows = Scratch.blockRows(columns);
    float[] weightBlock = scratch.array(0, blockRows * columns);
    float[] gradientBlock = scratch.array(1, blockRows * columns);
    float[] firstBlock = scratch.array(2, blockRows * columns);
    float[] secondBlock = scratch.array(3, blockRows * columns);
    float[] norms = scratch.array(4, w.rows());
    double squares = 0;
    for (int row = 0; row < w.rows(); row += blockRows) {
      int rows = Math.min(blockRows, w.rows() - row);
      int at = row * columns;
      int count = rows * columns;
      w.read(at, weightBlock, count);
      g.read(at, gradientBlock, count);
      m.read(at, firstBlock, count);
      v.read(at, secondBlock, count);
      squares += Rows.dot(gradientBlock, gradientBlock, count);
      Rows.addScaled(weightBlock, (float) decay, gradientBlock, count);
      adam(weightBlock, gradientBlock, firstBlock, secondBlock, stride, unbias, count);
      w.write(at, weightBlock, 0, count);
      m.write(at, firstBlock, 0, count);
      v.write(at, secondBlock, 0, count);
      Blocks.rowNorms(weightBlock, rows, columns, norms, row);
    }
    cpu(rowNorms).write(0, norms, 0, w.rows());
    return squares;
  }

  private static void adam(
      float[] w, float[] g, float[] m, float[] v, float stride, float unbias, int n) {
    float keepFirst = (float) ADAM_FIRST;
    float takeFirst = (float) (1 - ADAM_FIRST);
    float keepSecond = (float) ADAM_SECOND;
    float takeSecond = (float) (1 - ADAM_SECOND);
    float epsilon = (float) ADAM_EPSILON;
    for (int i = 0; i < n; i++) {
      float first = keepFirst * m[i] + takeFirst * g[i];
      float second = keepSecond * v[i] + takeSecond * g[i] * g[i];
      m[i] = first;
      v[i] = second;
      w[i] = w[i] - stride * first / ((float) Math.sqrt(unbias * second) + epsilon);
    }
  }

  @Override
  public void blend(double alpha, Matrix source, double beta, Matrix target) {
    KernelShapes.same("blend", source, target);
    CpuMatrix from = cpu(source);
    CpuMatrix to = cpu(target);
    int length = to.rows() * to.columns();
    float[] x = scratch.array(0, Scratch.BLOCK);
    float[] y = scratch.array(1, Scratch.BLOCK);
    for (int i = 0; i < length; i += Scratch.BLOCK) {
      int count = Math.min(Scratch.BLOCK, length - i);
      readOrClear(alpha, from, i, x, count);
      readOrClear(beta, to, i, y, count);
      Rows.scaleAndAdd(y, (float) beta, x, (float) alpha, count);
      to.write(i, y, 0, count);
    }
  }

  private static void readOrClear(
      double factor, CpuMatrix matrix, int at, float[] block, int count) {
    if (factor == 0) {
      Arrays.fill(block, 0, count, 0f);
    } else {
      matrix.read(at, block, count);
    }
  }
}
