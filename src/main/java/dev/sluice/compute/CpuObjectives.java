package dev.sluice.compute;

import static dev.sluice.compute.CpuBackend.cpu;

import java.util.Arrays;

/** The kernels of objectives of {@link CpuBackend}, under its rules of threading. */
final class CpuObjectives implements ObjectiveKernels {
  private final Scratch scratch = new Scratch(4);
  private final LabelledContrast labelled = new LabelledContrast(scratch);
  private final PowerContrast power = new PowerContrast();
  private final DistanceContrast distance = new DistanceContrast(scratch);

  /** Column sums over all rows, of which blocks were summed in float lanes. */
  private double[] sums = new double[64];

  // ---- sums

  @Override
  public double squaredNorm(Matrix matrix) {
    return dot(matrix, matrix);
  }

  @Override
  public double squaredDistance(Matrix a, Matrix b) {
    KernelShapes.same("squaredDistance", a, b);
    CpuMatrix left = cpu(a);
    CpuMatrix right = cpu(b);
    int length = left.rows() * left.columns();
    float[] x = scratch.array(0, Scratch.BLOCK);
    float[] y = scratch.array(1, Scratch.BLOCK);
    double sum = 0;
    for (int i = 0; i < length; i += Scratch.BLOCK) {
      int count = Math.min(Scratch.BLOCK, length - i);
      left.read(i, x, count);
      right.read(i, y, count);
      Rows.addScaled(y, -1, x, count);
      sum += Rows.dot(x, x, count);
    }
    return sum;
  }

  @Override
  public double dot(Matrix a, Matrix b) {
    KernelShapes.same("dot", a, b);
    CpuMatrix left = cpu(a);
    CpuMatrix right = cpu(b);
    int length = left.rows() * left.columns();
    float[] x = scratch.array(0, Scratch.BLOCK);
    float[] y = scratch.array(1, Scratch.BLOCK);
    double sum = 0;
    for (int i = 0; i < length; i += Scratch.BLOCK) {
      int count = Math.min(Scratch.BLOCK, length - i);
      left.read(i, x, count);
      right.read(i, y, count);
      sum += Rows.dot(x, y, count);
    }
    return sum;
  }

  // ---- rows and columns

  @Override
  public double shiftDiagonal(Matrix square, double by) {
    KernelShapes.square("shiftDiagonal", square);
    CpuMatrix matrix = cpu(square);
    int n = matrix.rows();
    float[] entry = scratch.array(0, 1);
    double trace = 0;
    for (int i = 0; i < n; i++) {
      matrix.read(i * n + i, entry, 1);
      trace += entry[0];
      entry[0] = (float) (entry[0] + by);
      matrix.write(i * n + i, entry, 0, 1);
    }
    return trace;
  }

  @Override
  public void clearDiagonal(Matrix square) {
    KernelShapes.square("clearDiagonal", square);
    CpuMatrix matrix = cpu(square);
    int n = matrix.rows();
    float[] entry = scratch.array(0, 1);
    entry[0] = 0;
    for (int i = 0; i < n; i++) {
      matrix.write(i * n + i, entry, 0, 1);
    }
  }

  @Override
  public void gateRows(Matrix column, Matrix target) {
    KernelShapes.columnOf("gateRows", target, column);
    CpuMatrix to = cpu(target);
    int n = to.rows();
    int m = to.columns();
    float[] gates = scratch.array(0, n);
    cpu(column).read(0, gates, n);
    float[] zeros = scratch.array(1, m);
    Arrays.fill(zeros, 0, m, 0f);
    for (int row = 0; row < n; row++) {
      if (gates[row] == 0) {
        to.write(row * m, zeros, 0, m);
      }
    }
  }

  @Override
  public void stack(Matrix top, Matrix bottom, Matrix whole) {
    KernelShapes.stacked("stack", top, bottom, whole);
    int height = top.rows() * top.columns();
    move(cpu(top), 0, cpu(whole), 0, height);
    move(cpu(bottom), 0, cpu(whole), height, bottom.rows() * bottom.columns());
  }

  @Override
  public void split(Matrix whole, Matrix top, Matrix bottom) {
    KernelShapes.stacked("split", top, bottom, whole);
    int height = top.rows() * top.columns();
    move(cpu(whole), 0, cpu(top), 0, height);
    move(cpu(whole), height, cpu(bottom), 0, bottom.rows() * bottom.columns());
  }

  private void move(CpuMatrix source, int from, CpuMatrix target, int to, int length) {
    float[] block = scratch.array(0, Scratch.BLOCK);
    for (int i = 0; i < length; i += Scratch.BLOCK) {
      int count = Math.min(Scratch.BLOCK, length - i);
      source.read(from + i, block, count);
      target.write(to + i, block, 0, count);
    }
  }

  @Override
  public void centreColumns(Matrix source, Matrix target) {
    KernelShapes.same("centreColumns", source, target);
    CpuMatrix from = cpu(source);
    CpuMatrix to = cpu(target);
    int m = from.columns();
    float[] shift = scratch.array(2, m);
    float[] mean = scratch.array(3, m);
    columnMeans(from, shift, mean);
    int blockRows = Scratch.blockRows(m);
    float[] block = scratch.array(0, blockRows * m);
    for (int first = 0; first < from.rows(); first += blockRows) {
      int rows = Math.min(blockRows, from.rows() - first);
      from.read(first * m, block, rows * m);
      Blocks.centre(block, shift, rows, m);
      Blocks.centre(block, mean, rows, m);
      to.write(first * m, block, 0, rows * m);
    }
  }

  /**
   * Column means in two parts: the first row, and the mean of what is left without it. A constant
   * column becomes exactly 0 by taking off both.
   */
  private void columnMeans(CpuMatrix source, float[] shift, float[] mean) {
    int m = source.columns();
    source.read(0, shift, m);
    clearSums(m);
    int blockRows = Scratch.blockRows(m);
    float[] block = scratch.array(0, blockRows * m);
    for (int first = 0; first < source.rows(); first += blockRows) {
      int rows = Math.min(blockRows, source.rows() - first);
      source.read(first * m, block, rows * m);
      Blocks.centre(block, shift, rows, m);
      Arrays.fill(mean, 0, m, 0f);
      Blocks.addColumns(block, 0, mean, rows, m);
      addToSums(mean, m);
    }
    for (int j = 0; j < m; j++) {
      mean[j] = (float) (sums[j] / source.rows());
    }
  }

  private void clearSums(int length) {
    if (sums.length < length) {
      sums = new double[length];
    }
    Arrays.fill(sums, 0, length, 0.0);
  }

  private void addToSums(float[] part, int length) {
    for (int j = 0; j < length; j++) {
      sums[j] += part[j];
    }
  }

  // ---- contrast

  @Override
  public ContrastStatistics contrastLabelled(Matrix similarity, int[] labels, boolean inside) {
    KernelShapes.square("contrastLabelled", similarity);
    KernelShapes.labels("contrastLabelled", similarity, labels);
    return labelled.contrast(cpu(similarity), labels, inside);
  }

  @Override
  public ContrastStatistics powerContrast(
      Matrix a, Matrix b, double exponent, double temperature, Matrix gradientA, Matrix gradientB) {
    KernelShapes.same("powerContrast", a, b);
    KernelShapes.same("powerContrast", a, gradientA);
    KernelShapes.same("powerContrast", a, gradientB);
    return power.contrast(cpu(a), cpu(b), exponent, temperature, cpu(gradientA), cpu(gradientB));
  }

  @Override
  public ContrastStatistics distanceContrast(
      Contrast form,
      Matrix anchor,
      Matrix positive,
      Matrix negatives,
      double temperature,
      double margin,
      Matrix anchorGradient,
      Matrix positiveGradient,
      Matrix negativeGradient) {
    KernelShapes.same("distanceContrast", anchor, positive);
    KernelShapes.groupsOf("distanceContrast", anchor, negatives);
    KernelShapes.same("distanceContrast", anchor, anchorGradient);
    KernelShapes.same("distanceContrast", positive, positiveGradient);
    KernelShapes.same("distanceContrast", negatives, negativeGradient);
    return distance.contrast(
        form,
        cpu(anchor),
        cpu(positive),
        cpu(negatives),
        temperature,
        margin,
        cpu(anchorGradient),
        cpu(positiveGradient),
        cpu(negativeGradient));
  }

  // ---- moments

  @Override
  public double varianceHinge(Matrix embeddings, double epsilon, double scale, Matrix gradient) {
    KernelShapes.same("varianceHinge", embeddings, gradient);
    KernelShapes.twoRows("varianceHinge", embeddings);
    CpuMatrix z = cpu(embeddings);
    int n = z.rows();
    int m = z.columns();
    float[] shift = scratch.array(2, m);
    float[] mean = scratch.array(3, m);
    columnMeans(z, shift, mean);
    sumSquares(z, shift, mean);
    double loss = 0;
    for (int j = 0; j < m; j++) {
      double deviation = Math.sqrt(sums[j] / (n - 1) + epsilon);
      loss += Math.max(0, 1 - deviation);
      // from here on the factor that centred values have in the gradient
      sums[j] = deviation >= 1 ? 0 : -scale / ((n - 1) * deviation * m);
    }
    addCentred(z, shift, mean, cpu(gradient));
    return loss / m;
  }

  /** Sums of squared distances from the column means into {@code sums}. */
  private void sumSquares(CpuMatrix z, float[] shift, float[] mean) {
    int m = z.columns();
    int blockRows = Scratch.blockRows(m);
    float[] block = scratch.array(0, blockRows * m);
    float[] part = scratch.array(1, m);
    clearSums(m);
    for (int first = 0; first < z.rows(); first += blockRows) {
      int rows = Math.min(blockRows, z.rows() - first);
      z.read(first * m, block, rows * m);
      Blocks.centre(block, shift, rows, m);
      Blocks.centre(block, mean, rows, m);
      Arrays.fill(part, 0, m, 0f);
      Blocks.addColumnProducts(block, block, 0, part, rows, m);
      addToSums(part, m);
    }
  }

  /** {@code target_ij += sums_j (z_ij - mean_j)}. */
  private void addCentred(CpuMatrix z, float[] shift, float[] mean, CpuMatrix target) {
    int m = z.columns();
    int blockRows = Scratch.blockRows(m);
    float[] block = scratch.array(0, blockRows * m);
    float[] values = scratch.array(1, blockRows * m);
    for (int first = 0; first < z.rows(); first += blockRows) {
      int rows = Math.min(blockRows, z.rows() - first);
      z.read(first * m, block, rows * m);
      target.read(first * m, values, rows * m);
      Blocks.centre(block, shift, rows, m);
      Blocks.centre(block, mean, rows, m);
      for (int row = 0; row < rows; row++) {
        for (int j = 0; j < m; j++) {
          values[row * m + j] += (float) (sums[j] * block[row * m + j]);
        }
      }
      target.write(first * m, values, 0, rows * m);
    }
  }

  @Override
  public double redundancy(Matrix correlation, double lambda) {
    KernelShapes.square("redundancy", correlation);
    CpuMatrix c = cpu(correlation);
    int m = c.rows();
    float[] row = scratch.array(0, m);
    double onDiagonal = 0;
    double offDiagonal = 0;
    for (int i = 0; i < m; i++) {
      c.read(i * m, row, m);
      double missing = 1.0 - row[i];
      onDiagonal += missing * missing;
      row[i] = 0;
      offDiagonal += Rows.dot(row, row, m);
      Rows.scale(row, m, (float) (2 * lambda));
      row[i] = (float) (-2 * missing);
      c.write(i * m, row, 0, m);
    }
    return onDiagonal + lambda * offDiagonal;
  }
}
