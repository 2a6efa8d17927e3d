package dev.sluice.compute;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.jspecify.annotations.Nullable;

/**
 * Float32 on the CPU: ND4J arrays, OpenBLAS products into preallocated results, and fused row
 * kernels.
 *
 * <p>Threading: {@link #upload(float[], int, Matrix, int, int)} may be called by any thread for a
 * matrix of its own; everything else uses this instance's scratch rows and belongs to one thread.
 * Each run has an instance of its own.
 */
public final class CpuBackend implements Backend {

  /*
   * Element-wise work copies a block of rows to the heap, runs plain loops there that the JIT turns into vector code,
   * and copies back. What keeps the loops vectorisable on JDK 17: no branch, no call, no float/int conversion, and
   * reductions by hand into independent sums (Rows). Masks are products with min(1, |x| * HUGE), which is exactly 0 or 1
   * for everything that float arithmetic produces here.
   */

  private static final int BLOCK = 8192;

  private final float[][] scratch = new float[5][BLOCK];
  private final double[] products = new double[3];

  private final LayerKernels layers = new CpuLayers();
  private final ObjectiveKernels objectives = new CpuObjectives();
  private final UpdateKernels updates = new CpuUpdates();

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
    return "cpu";
  }

  @Override
  public Matrix allocate(int rows, int columns) {
    KernelShapes.positive(rows, columns);
    return new CpuMatrix(rows, columns);
  }

  // ---- transfer

  @Override
  public void upload(float[] source, int offset, Matrix target, int firstRow, int rowCount) {
    CpuMatrix to = cpu(target);
    KernelShapes.rows("upload", target, firstRow, rowCount, offset, source.length);
    to.write(firstRow * to.columns(), source, offset, rowCount * to.columns());
  }

  @Override
  public void upload(double[] source, Matrix target) {
    CpuMatrix to = cpu(target);
    KernelShapes.rows("upload", target, 0, target.rows(), 0, source.length);
    int columns = to.columns();
    float[] row = scratch(0, columns);
    for (int r = 0; r < to.rows(); r++) {
      for (int c = 0; c < columns; c++) {
        row[c] = (float) source[r * columns + c];
      }
      to.write(r * columns, row, 0, columns);
    }
  }

  @Override
  public void download(Matrix source, int firstRow, int rowCount, double[] target) {
    CpuMatrix from = cpu(source);
    KernelShapes.rows("download", source, firstRow, rowCount, 0, target.length);
    int columns = from.columns();
    float[] row = scratch(0, columns);
    for (int r = 0; r < rowCount; r++) {
      from.read((firstRow + r) * columns, row, columns);
      for (int c = 0; c < columns; c++) {
        target[r * columns + c] = row[c];
      }
    }
  }

  @Override
  public void copy(Matrix source, Matrix target) {
    CpuMatrix from = cpu(source);
    CpuMatrix to = cpu(target);
    KernelShapes.same("copy", source, target);
    int length = from.rows() * from.columns();
    float[] block = scratch(0, Math.min(length, BLOCK));
    for (int i = 0; i < length; i += block.length) {
      int count = Math.min(block.length, length - i);
      from.read(i, block, count);
      to.write(i, block, 0, count);
    }
  }

  @Override
  public void clear(Matrix target) {
    CpuMatrix to = cpu(target);
    int length = to.rows() * to.columns();
    float[] zeros = scratch(0, Math.min(length, BLOCK));
    java.util.Arrays.fill(zeros, 0, Math.min(length, BLOCK), 0);
    for (int i = 0; i < length; i += BLOCK) {
      to.write(i, zeros, 0, Math.min(BLOCK, length - i));
    }
  }

  // ---- products

  @Override
  public void gemm(Op opA, Op opB, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    // cblas checks no bounds: a wrong shape would read beyond the array
    KernelShapes.product(opA, opB, a, b, c);
    CpuMatrix left = cpu(a);
    CpuMatrix right = cpu(b);
    CpuMatrix result = cpu(c);
    int inner = opA == Op.NONE ? a.columns() : a.rows();
    cblas_sgemm(
        CblasRowMajor,
        opA == Op.NONE ? CblasNoTrans : CblasTrans,
        opB == Op.NONE ? CblasNoTrans : CblasTrans,
        c.rows(),
        c.columns(),
        inner,
        (float) alpha,
        left.pointer(),
        a.columns(),
        right.pointer(),
        b.columns(),
        (float) beta,
        result.pointer(),
        c.columns());
  }

  // ---- fused kernels

  @Override
  public void softThreshold(Matrix preactivation, Matrix threshold, Matrix response) {
    KernelShapes.same("softThreshold", preactivation, response);
    KernelShapes.rowOf("softThreshold", preactivation, threshold);
    CpuMatrix from = cpu(preactivation);
    CpuMatrix to = cpu(response);
    int columns = from.columns();
    int blockRows = blockRows(columns);
    float[] limits = repeatedRow(cpu(threshold), blockRows);
    for (int row = 0; row < from.rows(); row += blockRows) {
      int count = Math.min(blockRows, from.rows() - row) * columns;
      float[] values = scratch(0, count);
      from.read(row * columns, values, count);
      Rows.softThreshold(values, limits, count);
      to.write(row * columns, values, 0, count);
    }
  }

  @Override
  public void gate(Matrix response, Matrix gradient) {
    KernelShapes.same("gate", response, gradient);
    CpuMatrix gates = cpu(response);
    CpuMatrix values = cpu(gradient);
    int length = gates.rows() * gates.columns();
    float[] gateBlock = scratch(0, BLOCK);
    float[] valueBlock = scratch(1, BLOCK);
    for (int i = 0; i < length; i += BLOCK) {
      int count = Math.min(BLOCK, length - i);
      gates.read(i, gateBlock, count);
      values.read(i, valueBlock, count);
      Rows.gate(gateBlock, valueBlock, count);
      values.write(i, valueBlock, 0, count);
    }
  }

  @Override
  public ContrastStatistics contrastInBatch(Matrix similarity, double temperature) {
    int n = similarity.rows();
    KernelShapes.square("contrastInBatch", similarity);
    CpuMatrix logits = cpu(similarity);
    float[] row = scratch(0, n);
    double loss = 0;
    double probability = 0;
    int top1 = 0;
    for (int p = 0; p < n; p++) {
      logits.read(p * n, row, n);
      float positive = row[p];
      float max = Rows.max(row, n);
      if (positive == max && Rows.firstIndexOf(row, n, max) == p) {
        top1++;
      }
      Rows.expShifted(row, n, max);
      float sum = Rows.sum(row, n);
      loss += max + Math.log(sum) - positive;
      probability += row[p] / sum;
      float scale = 1 / (sum * n);
      Rows.scale(row, n, scale);
      row[p] -= 1f / n;
      logits.write(p * n, row, 0, n);
    }
    return new ContrastStatistics(temperature * loss / n, probability / n, (double) top1 / n);
  }

  @Override
  public ContrastStatistics contrastShared(
      Matrix similarity, Matrix response0, Matrix response1, Matrix positive, double temperature) {
    int n = similarity.rows();
    int h = similarity.columns();
    KernelShapes.same("contrastShared", response0, response1);
    KernelShapes.columnOf("contrastShared", response0, positive);
    KernelShapes.columnOf("contrastShared", similarity, positive);
    int m = response0.columns();
    CpuMatrix logits = cpu(similarity);
    CpuMatrix left = cpu(response0);
    CpuMatrix right = cpu(response1);
    float[] row = scratch(0, h);
    float[] f0 = scratch(1, m);
    float[] f1 = scratch(2, m);
    float[] positives = scratch(3, n);
    double loss = 0;
    double probability = 0;
    int top1 = 0;
    for (int p = 0; p < n; p++) {
      logits.read(p * h, row, h);
      left.read(p * m, f0, m);
      right.read(p * m, f1, m);
      float own = (float) (Rows.dot(f0, f1, m) / temperature);
      float maxNegative = Rows.max(row, h);
      if (own > maxNegative) {
        top1++;
      }
      float max = Math.max(own, maxNegative);
      Rows.expShifted(row, h, max);
      double ownExp = Math.exp(own - max);
      double sum = ownExp + Rows.sum(row, h);
      loss += max + Math.log(sum) - own;
      probability += ownExp / sum;
      Rows.scale(row, h, (float) (1 / (sum * n)));
      positives[p] = (float) ((ownExp / sum - 1) / n);
      logits.write(p * h, row, 0, h);
    }
    cpu(positive).write(0, positives, 0, n);
    return new ContrastStatistics(temperature * loss / n, probability / n, (double) top1 / n);
  }

  @Override
  public void addScaledRows(@Nullable Matrix scale, double constant, Matrix source, Matrix target) {
    KernelShapes.same("addScaledRows", source, target);
    int n = source.rows();
    int m = source.columns();
    float[] scales = scratch(2, n);
    if (scale == null) {
      java.util.Arrays.fill(scales, 0, n, (float) constant);
    } else {
      KernelShapes.columnOf("addScaledRows", source, scale);
      cpu(scale).read(0, scales, n);
    }
    float[] from = scratch(0, m);
    float[] to = scratch(1, m);
    for (int row = 0; row < n; row++) {
      cpu(source).read(row * m, from, m);
      cpu(target).read(row * m, to, m);
      Rows.addScaled(from, scales[row], to, m);
      cpu(target).write(row * m, to, 0, m);
    }
  }

  @Override
  public double sgdStep(
      Matrix weights, Matrix gradient, double rate, double decay, Matrix rowNorms) {
    KernelShapes.same("sgdStep", weights, gradient);
    KernelShapes.rowNormsOf("sgdStep", weights, rowNorms);
    CpuMatrix w = cpu(weights);
    CpuMatrix g = cpu(gradient);
    int columns = w.columns();
    float shrink = (float) (1 - rate * decay);
    float stride = (float) -rate;
    float[] weightRow = scratch(0, columns);
    float[] gradientRow = scratch(1, columns);
    float[] norms = scratch(2, w.rows());
    double squares = 0;
    for (int row = 0; row < w.rows(); row++) {
      w.read(row * columns, weightRow, columns);
      g.read(row * columns, gradientRow, columns);
      squares += Rows.dot(gradientRow, gradientRow, columns);
      Rows.scaleAndAdd(weightRow, shrink, gradientRow, stride, columns);
      norms[row] = (float) Math.sqrt(Rows.dot(weightRow, weightRow, columns));
      w.write(row * columns, weightRow, 0, columns);
    }
    cpu(rowNorms).write(0, norms, 0, w.rows());
    return Math.sqrt(squares);
  }

  @Override
  public void limitRowNorms(Matrix weights, double limit, Matrix rowNorms) {
    KernelShapes.rowNormsOf("limitRowNorms", weights, rowNorms);
    CpuMatrix w = cpu(weights);
    int columns = w.columns();
    float[] norms = scratch(2, w.rows());
    cpu(rowNorms).read(0, norms, w.rows());
    float[] weightRow = scratch(0, columns);
    for (int row = 0; row < w.rows(); row++) {
      if (norms[row] > limit) {
        w.read(row * columns, weightRow, columns);
        Rows.scale(weightRow, columns, (float) (limit / norms[row]));
        w.write(row * columns, weightRow, 0, columns);
        norms[row] = (float) limit;
      }
    }
    cpu(rowNorms).write(0, norms, 0, w.rows());
  }

  @Override
  public void embeddingMoments(Matrix embeddings, EmbeddingMoments target) {
    new EmbeddingSums(cpu(embeddings), target).run();
  }

  @Override
  public void pairMoments(Matrix embeddings0, Matrix embeddings1, PairMoments target) {
    KernelShapes.same("pairMoments", embeddings0, embeddings1);
    CpuMatrix left = cpu(embeddings0);
    CpuMatrix right = cpu(embeddings1);
    int m = left.columns();
    float[] f0 = scratch(0, m);
    float[] f1 = scratch(1, m);
    target.samples = left.rows();
    target.dotSum = 0;
    target.cosineSum = 0;
    target.squaredDistanceSum = 0;
    for (int row = 0; row < left.rows(); row++) {
      left.read(row * m, f0, m);
      right.read(row * m, f1, m);
      Rows.products(f0, f1, m, products);
      double dot = products[0];
      double square0 = products[1];
      double square1 = products[2];
      double cosine = dot == 0 ? 0 : dot / Math.sqrt(square0 * square1);
      target.dotSum += dot;
      target.cosineSum += cosine;
      double lengths = (square0 > 0 ? 1 : 0) + (square1 > 0 ? 1 : 0);
      target.squaredDistanceSum += Math.max(0, lengths - 2 * cosine);
    }
  }

  @Override
  public void averagedResponse(Matrix a0, Matrix a1, Matrix threshold, Matrix response) {
    KernelShapes.same("averagedResponse", a0, a1);
    KernelShapes.same("averagedResponse", a0, response);
    KernelShapes.rowOf("averagedResponse", a0, threshold);
    int columns = a0.columns();
    int blockRows = blockRows(columns);
    float[] limits = repeatedRow(cpu(threshold), blockRows);
    for (int row = 0; row < a0.rows(); row += blockRows) {
      int count = Math.min(blockRows, a0.rows() - row) * columns;
      float[] first = scratch(0, count);
      float[] second = scratch(1, count);
      cpu(a0).read(row * columns, first, count);
      cpu(a1).read(row * columns, second, count);
      Rows.average(first, second, count);
      Rows.softThreshold(first, limits, count);
      cpu(response).write(row * columns, first, 0, count);
    }
  }

  /** Nothing of its own to give back; matrices are closed by whoever allocated them. */
  @Override
  public void close() {}

  // ---- scratch

  /** As many rows as fit a block, at least one. */
  private static int blockRows(int columns) {
    return Math.max(1, BLOCK / columns);
  }

  /** The row vector, repeated so that a block of rows is one loop. */
  private float[] repeatedRow(CpuMatrix row, int times) {
    int columns = row.columns();
    float[] repeated = scratch(3, times * columns);
    row.read(0, repeated, columns);
    for (int i = 1; i < times; i++) {
      System.arraycopy(repeated, 0, repeated, i * columns, columns);
    }
    return repeated;
  }

  private float[] scratch(int which, int length) {
    if (scratch[which].length < length) {
      scratch[which] = new float[length];
    }
    return scratch[which];
  }

  /** A matrix of this kind of backend that is not closed. */
  static CpuMatrix cpu(Matrix matrix) {
    if (!(matrix instanceof CpuMatrix cpu)) {
      throw new IllegalArgumentException("a matrix of another backend: " + matrix.getClass());
    }
    if (cpu.isClosed()) {
      throw new IllegalStateException(
          "the matrix is closed: " + matrix.rows() + " x " + matrix.columns());
    }
    return cpu;
  }

  /**
   * Column sums of unit rows in float lanes. All rows are shifted by the first non-zero one before
   * summing, so that a collapsed batch, where every row is nearly the same, still has its variance
   * to float precision; the shift is undone in float64.
   */
  private final class EmbeddingSums {
    private final CpuMatrix embeddings;
    private final EmbeddingMoments target;
    private final int m;
    private final float[] row;
    private final float[] sum;
    private final float[] squares;
    private final float[] shift;
    private final float[] active;

    EmbeddingSums(CpuMatrix embeddings, EmbeddingMoments target) {
      this.embeddings = embeddings;
      this.target = target;
      m = embeddings.columns();
      KernelShapes.sums("embeddingMoments", embeddings, target.unitSum.length);
      row = scratch(0, m);
      sum = scratch(1, m);
      squares = scratch(2, m);
      shift = scratch(3, m);
      active = scratch(4, m);
    }

    void run() {
      java.util.Arrays.fill(sum, 0, m, 0);
      java.util.Arrays.fill(squares, 0, m, 0);
      java.util.Arrays.fill(shift, 0, m, 0);
      java.util.Arrays.fill(active, 0, m, 0);
      target.samples = 0;
      target.zeroRows = 0;
      target.nonFinite = 0;
      target.normSum = 0;
      target.normMax = 0;
      int units = 0;
      for (int i = 0; i < embeddings.rows(); i++) {
        embeddings.read(i * m, row, m);
        double square = Rows.dot(row, row, m);
        if (!Double.isFinite(square)) {
          target.nonFinite += Math.max(1, Rows.countNonFinite(row, m));
          continue;
        }
        target.samples++;
        if (square == 0) {
          target.zeroRows++;
          continue;
        }
        double norm = Math.sqrt(square);
        target.normSum += norm;
        target.normMax = Math.max(target.normMax, norm);
        float inverse = (float) (1 / norm);
        if (units == 0) {
          Rows.scaled(row, inverse, shift, m);
        }
        units++;
        Rows.addUnit(row, inverse, shift, sum, squares, active, m);
      }
      undoShift(units);
    }

    private void undoShift(int units) {
      double entries = 0;
      for (int j = 0; j < m; j++) {
        double by = shift[j];
        entries += active[j];
        target.unitSum[j] = sum[j] + units * by;
        target.unitSquareSum[j] = squares[j] + 2 * by * sum[j] + units * by * by;
      }
      target.activeEntries = (long) entries;
    }
  }
}
