package dev.sluice.compute;

import static dev.sluice.compute.ReferenceMatrix.values;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every kernel as the plainest loop in float64: the meaning of {@link Backend}, against which a
 * fast backend is held, and the proof that the kernels are enough to train with. Slow. Stateless,
 * so that threads share it as long as they do not share a matrix.
 */
public final class ReferenceBackend implements Backend {

  private final LayerKernels layers = new ReferenceLayers();
  private final ObjectiveKernels objectives = new ReferenceObjectives();
  private final UpdateKernels updates = new ReferenceUpdates();

  @Override
  public LayerKernels layers() {
    return layers;
  }

  @Override
  public ObjectiveKernels objectives() {
    return objectives;
  }

  @Override
  public UpdateKernels updates() {
    return updates;
  }

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Matrix allocate(int rows, int columns) {
    return new ReferenceMatrix(rows, columns);
  }

  @Override
  public void upload(float[] source, int offset, Matrix target, int firstRow, int rowCount) {
    KernelShapes.rows("upload", target, firstRow, rowCount, offset, source.length);
    double[] values = values(target);
    int first = firstRow * target.columns();
    for (int i = 0; i < rowCount * target.columns(); i++) {
      values[first + i] = source[offset + i];
    }
  }

  @Override
  public void upload(double[] source, Matrix target) {
    KernelShapes.rows("upload", target, 0, target.rows(), 0, source.length);
    double[] values = values(target);
    System.arraycopy(source, 0, values, 0, values.length);
  }

  @Override
  public void download(Matrix source, int firstRow, int rowCount, double[] target) {
    KernelShapes.rows("download", source, firstRow, rowCount, 0, target.length);
    int columns = source.columns();
    System.arraycopy(values(source), firstRow * columns, target, 0, rowCount * columns);
  }

  @Override
  public void copy(Matrix source, Matrix target) {
    KernelShapes.same("copy", source, target);
    double[] from = values(source);
    System.arraycopy(from, 0, values(target), 0, from.length);
  }

  @Override
  public void clear(Matrix target) {
    Arrays.fill(values(target), 0);
  }

  @Override
  public void gemm(Op opA, Op opB, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    KernelShapes.product(opA, opB, a, b, c);
    double[] left = values(a);
    double[] right = values(b);
    double[] result = values(c);
    int inner = opA == Op.NONE ? a.columns() : a.rows();
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += entry(left, a, opA, i, k) * entry(right, b, opB, k, j);
        }
        int at = i * c.columns() + j;
        // as in BLAS, what a result held is not read where beta is 0
        result[at] = beta == 0 ? alpha * sum : alpha * sum + beta * result[at];
      }
    }
  }

  private static double entry(double[] values, Matrix matrix, Op op, int row, int column) {
    return op == Op.NONE
        ? values[row * matrix.columns() + column]
        : values[column * matrix.columns() + row];
  }

  @Override
  public void softThreshold(Matrix preactivation, Matrix threshold, Matrix response) {
    KernelShapes.same("softThreshold", preactivation, response);
    KernelShapes.rowOf("softThreshold", preactivation, threshold);
    double[] a = values(preactivation);
    double[] b = values(threshold);
    double[] f = values(response);
    for (int i = 0; i < a.length; i++) {
      f[i] = shrink(a[i], b[i % b.length]);
    }
  }

  private static double shrink(double a, double b) {
    return a - Math.max(-b, Math.min(b, a));
  }

  @Override
  public void gate(Matrix response, Matrix gradient) {
    KernelShapes.same("gate", response, gradient);
    double[] f = values(response);
    double[] g = values(gradient);
    for (int i = 0; i < f.length; i++) {
      if (f[i] == 0) {
        g[i] = 0;
      }
    }
  }

  @Override
  public ContrastStatistics contrastInBatch(Matrix similarity, double temperature) {
    KernelShapes.square("contrastInBatch", similarity);
    double[] s = values(similarity);
    int n = similarity.rows();
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int p = 0; p < n; p++) {
      int row = p * n;
      double own = s[row + p];
      if (isFirstLargest(s, row, n, p)) {
        wins++;
      }
      double logSum = logSumExp(s, row, n, Double.NEGATIVE_INFINITY);
      loss += temperature * (logSum - own);
      probability += Math.exp(own - logSum);
      for (int q = 0; q < n; q++) {
        double target = q == p ? 1 : 0;
        s[row + q] = (Math.exp(s[row + q] - logSum) - target) / n;
      }
    }
    return new ContrastStatistics(loss / n, probability / n, (double) wins / n);
  }

  @Override
  public ContrastStatistics contrastShared(
      Matrix similarity, Matrix response0, Matrix response1, Matrix positive, double temperature) {
    KernelShapes.same("contrastShared", response0, response1);
    KernelShapes.columnOf("contrastShared", response0, positive);
    KernelShapes.columnOf("contrastShared", similarity, positive);
    double[] s = values(similarity);
    double[] f0 = values(response0);
    double[] f1 = values(response1);
    double[] residual = values(positive);
    int n = similarity.rows();
    int h = similarity.columns();
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int p = 0; p < n; p++) {
      int row = p * h;
      int width = response0.columns();
      double own = dot(f0, p * width, f1, p * width, width) / temperature;
      if (exceedsAll(own, s, row, h)) {
        wins++;
      }
      double logSum = logSumExp(s, row, h, own);
      double share = Math.exp(own - logSum);
      loss += temperature * (logSum - own);
      probability += share;
      residual[p] = (share - 1) / n;
      for (int q = 0; q < h; q++) {
        s[row + q] = Math.exp(s[row + q] - logSum) / n;
      }
    }
    return new ContrastStatistics(loss / n, probability / n, (double) wins / n);
  }

  /**
   * Whether the entry at {@code index} is the first of the largest of its row; never where one is
   * NaN.
   */
  private static boolean isFirstLargest(double[] values, int offset, int length, int index) {
    double own = values[offset + index];
    for (int q = 0; q < length; q++) {
      double other = values[offset + q];
      boolean beaten = q < index ? !(other < own) : !(other <= own);
      if (beaten) {
        return false;
      }
    }
    return true;
  }

  /** A tie with a negative wins nothing: a dead representation must not score. */
  private static boolean exceedsAll(double own, double[] values, int offset, int length) {
    for (int q = 0; q < length; q++) {
      if (!(values[offset + q] < own)) {
        return false;
      }
    }
    return true;
  }

  private static double logSumExp(double[] values, int offset, int length, double another) {
    double largest = another;
    for (int q = 0; q < length; q++) {
      largest = Math.max(largest, values[offset + q]);
    }
    double sum = Math.exp(another - largest);
    for (int q = 0; q < length; q++) {
      sum += Math.exp(values[offset + q] - largest);
    }
    return largest + Math.log(sum);
  }

  @Override
  public void addScaledRows(@Nullable Matrix scale, double constant, Matrix source, Matrix target) {
    KernelShapes.same("addScaledRows", source, target);
    double[] from = values(source);
    double[] to = values(target);
    double[] factors = new double[source.rows()];
    if (scale == null) {
      Arrays.fill(factors, constant);
    } else {
      KernelShapes.columnOf("addScaledRows", source, scale);
      System.arraycopy(values(scale), 0, factors, 0, factors.length);
    }
    for (int i = 0; i < from.length; i++) {
      to[i] += factors[i / source.columns()] * from[i];
    }
  }

  @Override
  public double sgdStep(
      Matrix weights, Matrix gradient, double rate, double decay, Matrix rowNorms) {
    KernelShapes.same("sgdStep", weights, gradient);
    KernelShapes.rowNormsOf("sgdStep", weights, rowNorms);
    double[] w = values(weights);
    double[] g = values(gradient);
    double squares = 0;
    for (int i = 0; i < w.length; i++) {
      squares += g[i] * g[i];
      w[i] -= rate * (g[i] + decay * w[i]);
    }
    double[] norms = values(rowNorms);
    for (int i = 0; i < norms.length; i++) {
      norms[i] = norm(w, i * weights.columns(), weights.columns());
    }
    return Math.sqrt(squares);
  }

  @Override
  public void limitRowNorms(Matrix weights, double limit, Matrix rowNorms) {
    KernelShapes.rowNormsOf("limitRowNorms", weights, rowNorms);
    double[] w = values(weights);
    double[] norms = values(rowNorms);
    int columns = weights.columns();
    for (int i = 0; i < norms.length; i++) {
      norms[i] = norm(w, i * columns, columns);
      if (norms[i] > limit) {
        double scale = limit / norms[i];
        for (int j = 0; j < columns; j++) {
          w[i * columns + j] *= scale;
        }
        norms[i] = limit;
      }
    }
  }

  @Override
  public void embeddingMoments(Matrix embeddings, EmbeddingMoments target) {
    KernelShapes.sums("embeddingMoments", embeddings, target.unitSum.length);
    target.samples = 0;
    target.activeEntries = 0;
    target.zeroRows = 0;
    target.normSum = 0;
    target.normMax = 0;
    target.nonFinite = 0;
    Arrays.fill(target.unitSum, 0);
    Arrays.fill(target.unitSquareSum, 0);
    double[] f = values(embeddings);
    int m = embeddings.columns();
    for (int row = 0; row < f.length; row += m) {
      int nonFinite = nonFinite(f, row, m);
      target.nonFinite += nonFinite;
      if (nonFinite == 0) {
        addRow(f, row, m, target);
      }
    }
  }

  private static int nonFinite(double[] f, int row, int m) {
    int count = 0;
    for (int i = row; i < row + m; i++) {
      if (!Double.isFinite(f[i])) {
        count++;
      }
    }
    return count;
  }

  private static void addRow(double[] f, int row, int m, EmbeddingMoments target) {
    double norm = norm(f, row, m);
    target.samples++;
    target.normSum += norm;
    target.normMax = Math.max(target.normMax, norm);
    if (norm == 0) {
      target.zeroRows++;
      return;
    }
    for (int i = 0; i < m; i++) {
      double unit = f[row + i] / norm;
      if (f[row + i] != 0) {
        target.activeEntries++;
      }
      target.unitSum[i] += unit;
      target.unitSquareSum[i] += unit * unit;
    }
  }

  @Override
  public void pairMoments(Matrix embeddings0, Matrix embeddings1, PairMoments target) {
    KernelShapes.same("pairMoments", embeddings0, embeddings1);
    double[] f0 = values(embeddings0);
    double[] f1 = values(embeddings1);
    int m = embeddings0.columns();
    target.samples = embeddings0.rows();
    target.dotSum = 0;
    target.cosineSum = 0;
    target.squaredDistanceSum = 0;
    for (int row = 0; row < f0.length; row += m) {
      double norm0 = norm(f0, row, m);
      double norm1 = norm(f1, row, m);
      target.dotSum += dot(f0, row, f1, row, m);
      for (int i = row; i < row + m; i++) {
        double u0 = norm0 == 0 ? 0 : f0[i] / norm0;
        double u1 = norm1 == 0 ? 0 : f1[i] / norm1;
        target.cosineSum += u0 * u1;
        target.squaredDistanceSum += (u0 - u1) * (u0 - u1);
      }
    }
  }

  @Override
  public void averagedResponse(Matrix a0, Matrix a1, Matrix threshold, Matrix response) {
    KernelShapes.same("averagedResponse", a0, a1);
    KernelShapes.same("averagedResponse", a0, response);
    KernelShapes.rowOf("averagedResponse", a0, threshold);
    double[] first = values(a0);
    double[] second = values(a1);
    double[] b = values(threshold);
    double[] f = values(response);
    for (int i = 0; i < f.length; i++) {
      f[i] = shrink((first[i] + second[i]) / 2, b[i % b.length]);
    }
  }

  private static double dot(double[] a, int offsetA, double[] b, int offsetB, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[offsetA + i] * b[offsetB + i];
    }
    return sum;
  }

  private static double norm(double[] values, int offset, int length) {
    return Math.sqrt(dot(values, offset, values, offset, length));
  }

  @Override
  public void close() {}
}
