package dev.sluice.compute;

import static dev.sluice.compute.CpuBackend.cpu;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** The layer kernels of {@link CpuBackend}, under its rules of threading. */
final class CpuLayers implements LayerKernels {
  private final Scratch scratch = new Scratch(6);

  /** Sums over all rows, of which blocks were summed in float lanes. */
  private double[] sums = new double[64];

  @Override
  public void addRow(Matrix row, Matrix target) {
    KernelShapes.rowOf("addRow", target, row);
    CpuMatrix to = cpu(target);
    int columns = to.columns();
    int blockRows = Scratch.blockRows(columns);
    float[] added = scratch.repeated(1, cpu(row), Math.min(blockRows, to.rows()));
    float[] block = scratch.array(0, blockRows * columns);
    for (int first = 0; first < to.rows(); first += blockRows) {
      int count = Math.min(blockRows, to.rows() - first) * columns;
      to.read(first * columns, block, count);
      Rows.addScaled(added, 1, block, count);
      to.write(first * columns, block, 0, count);
    }
  }

  @Override
  public void columnSums(Matrix source, double beta, Matrix row) {
    KernelShapes.rowOf("columnSums", source, row);
    sumColumns(cpu(source));
    writeSums(beta, cpu(row));
  }

  @Override
  public void columnDots(Matrix a, Matrix b, double beta, Matrix row) {
    KernelShapes.same("columnDots", a, b);
    KernelShapes.rowOf("columnDots", a, row);
    sumProducts(cpu(a), cpu(b));
    writeSums(beta, cpu(row));
  }

  /** Column sums of products of entries into {@code sums}. */
  private void sumProducts(CpuMatrix left, CpuMatrix right) {
    int columns = left.columns();
    int blockRows = Scratch.blockRows(columns);
    float[] x = scratch.array(0, blockRows * columns);
    float[] y = scratch.array(1, blockRows * columns);
    float[] sum = scratch.array(2, columns);
    sums = cleared(sums, columns);
    for (int first = 0; first < left.rows(); first += blockRows) {
      int rows = Math.min(blockRows, left.rows() - first);
      left.read(first * columns, x, rows * columns);
      right.read(first * columns, y, rows * columns);
      Arrays.fill(sum, 0, columns, 0f);
      Blocks.addColumnProducts(x, y, 0, sum, rows, columns);
      add(sum, sums, columns);
    }
  }

  /** Column sums into {@code sums}. */
  private void sumColumns(CpuMatrix source) {
    int columns = source.columns();
    int blockRows = Scratch.blockRows(columns);
    float[] block = scratch.array(0, blockRows * columns);
    float[] sum = scratch.array(2, columns);
    sums = cleared(sums, columns);
    for (int first = 0; first < source.rows(); first += blockRows) {
      int rows = Math.min(blockRows, source.rows() - first);
      source.read(first * columns, block, rows * columns);
      Arrays.fill(sum, 0, columns, 0f);
      Blocks.addColumns(block, 0, sum, rows, columns);
      add(sum, sums, columns);
    }
  }

  private void writeSums(double beta, CpuMatrix row) {
    int columns = row.columns();
    float[] values = scratch.array(0, columns);
    if (beta != 0) {
      row.read(0, values, columns);
    } else {
      Arrays.fill(values, 0, columns, 0f);
    }
    for (int j = 0; j < columns; j++) {
      values[j] = (float) (beta * values[j] + sums[j]);
    }
    row.write(0, values, 0, columns);
  }

  private void writeMeans(int n, float[] means, int columns) {
    for (int j = 0; j < columns; j++) {
      means[j] = (float) (sums[j] / n);
    }
  }

  private static double[] cleared(double[] sums, int length) {
    if (sums.length < length) {
      return new double[length];
    }
    Arrays.fill(sums, 0, length, 0.0);
    return sums;
  }

  private static void add(float[] sum, double[] into, int length) {
    for (int j = 0; j < length; j++) {
      into[j] += sum[j];
    }
  }

  @Override
  public void leakyRelu(Matrix preactivation, double slope, Matrix response) {
    KernelShapes.same("leakyRelu", preactivation, response);
    CpuMatrix from = cpu(preactivation);
    CpuMatrix to = cpu(response);
    int length = from.rows() * from.columns();
    float[] block = scratch.array(0, Scratch.BLOCK);
    for (int i = 0; i < length; i += Scratch.BLOCK) {
      int count = Math.min(Scratch.BLOCK, length - i);
      from.read(i, block, count);
      Rows.leakyRelu(block, (float) slope, count);
      to.write(i, block, 0, count);
    }
  }

  @Override
  public void leakyGate(Matrix preactivation, double slope, Matrix gradient, Matrix target) {
    KernelShapes.same("leakyGate", preactivation, gradient);
    KernelShapes.same("leakyGate", preactivation, target);
    CpuMatrix gates = cpu(preactivation);
    CpuMatrix values = cpu(gradient);
    int length = gates.rows() * gates.columns();
    float[] gate = scratch.array(0, Scratch.BLOCK);
    float[] block = scratch.array(1, Scratch.BLOCK);
    for (int i = 0; i < length; i += Scratch.BLOCK) {
      int count = Math.min(Scratch.BLOCK, length - i);
      gates.read(i, gate, count);
      values.read(i, block, count);
      Rows.leakyGate(gate, (float) slope, block, count);
      cpu(target).write(i, block, 0, count);
    }
  }

  // Standardising passes over a matrix several times. Copying it to the heap costs more than a
  // pass, so it is copied as a whole, once.

  @Override
  public void standardise(Matrix source, double epsilon, Matrix target, Matrix inverseDeviation) {
    KernelShapes.same("standardise", source, target);
    KernelShapes.rowOf("standardise", source, inverseDeviation);
    int columns = source.columns();
    int n = source.rows();
    float[] x = whole(0, cpu(source));
    float[] mean = scratch.array(4, columns);
    sums = cleared(sums, columns);
    inParts(n, columns, (first, sum, rows) -> Blocks.addColumns(x, first, sum, rows, columns));
    writeMeans(n, mean, columns);
    sums = cleared(sums, columns);
    inParts(
        n, columns, (first, sum, rows) -> Blocks.addSquares(x, first, mean, sum, rows, columns));
    float[] inverse = scratch.array(3, columns);
    for (int j = 0; j < columns; j++) {
      inverse[j] = (float) (1 / Math.sqrt(sums[j] / n + epsilon));
    }
    Blocks.standardise(x, mean, inverse, n, columns);
    cpu(target).write(0, x, 0, n * columns);
    cpu(inverseDeviation).write(0, inverse, 0, columns);
  }

  @Override
  public void standardiseBackward(Matrix standardised, Matrix inverseDeviation, Matrix gradient) {
    KernelShapes.same("standardiseBackward", standardised, gradient);
    KernelShapes.rowOf("standardiseBackward", standardised, inverseDeviation);
    int columns = standardised.columns();
    int n = standardised.rows();
    float[] g = whole(0, cpu(gradient));
    float[] y = whole(1, cpu(standardised));
    float[] along = scratch.array(3, columns);
    sums = cleared(sums, columns);
    inParts(
        n,
        columns,
        (first, sum, rows) -> Blocks.addColumnProducts(g, y, first, sum, rows, columns));
    writeMeans(n, along, columns);
    float[] mean = scratch.array(4, columns);
    sums = cleared(sums, columns);
    inParts(n, columns, (first, sum, rows) -> Blocks.addColumns(g, first, sum, rows, columns));
    writeMeans(n, mean, columns);
    float[] inverse = scratch.array(5, columns);
    cpu(inverseDeviation).read(0, inverse, columns);
    Blocks.standardiseBackward(g, y, mean, along, inverse, n, columns);
    cpu(gradient).write(0, g, 0, n * columns);
  }

  private float[] whole(int which, CpuMatrix matrix) {
    int length = matrix.rows() * matrix.columns();
    float[] values = scratch.array(which, length);
    matrix.read(0, values, length);
    return values;
  }

  /** Sums over some rows, from entry {@code first} on, into float lanes. */
  @FunctionalInterface
  private interface Part {
    void sum(int first, float[] sum, int rows);
  }

  /** Adds up in float lanes for so many rows and goes on in float64, into {@code sums}. */
  private void inParts(int n, int columns, Part part) {
    int partRows = Scratch.blockRows(columns);
    float[] sum = scratch.array(2, columns);
    for (int first = 0; first < n; first += partRows) {
      Arrays.fill(sum, 0, columns, 0f);
      part.sum(first * columns, sum, Math.min(partRows, n - first));
      add(sum, sums, columns);
    }
  }

  @Override
  public void unitRows(Matrix source, double floor, double epsilon, Matrix target, Matrix norms) {
    KernelShapes.same("unitRows", source, target);
    KernelShapes.columnOf("unitRows", source, norms);
    CpuMatrix from = cpu(source);
    CpuMatrix to = cpu(target);
    int n = from.rows();
    int columns = from.columns();
    int blockRows = Scratch.blockRows(columns);
    float[] block = scratch.array(0, blockRows * columns);
    float[] lengths = scratch.array(1, n);
    for (int first = 0; first < n; first += blockRows) {
      int rows = Math.min(blockRows, n - first);
      from.read(first * columns, block, rows * columns);
      Blocks.rowNorms(block, rows, columns, lengths, first);
      for (int row = 0; row < rows; row++) {
        double divisor = Math.max(lengths[first + row], floor) + epsilon;
        Blocks.scale(block, (float) (1 / divisor), row * columns, columns);
      }
      to.write(first * columns, block, 0, rows * columns);
    }
    cpu(norms).write(0, lengths, 0, n);
  }

  @Override
  public void unitRowsBackward(
      Matrix source, Matrix norms, double floor, double epsilon, Matrix gradient) {
    KernelShapes.same("unitRowsBackward", source, gradient);
    KernelShapes.columnOf("unitRowsBackward", source, norms);
    CpuMatrix from = cpu(source);
    CpuMatrix gradients = cpu(gradient);
    int n = from.rows();
    int columns = from.columns();
    int blockRows = Scratch.blockRows(columns);
    float[] u = scratch.array(0, blockRows * columns);
    float[] g = scratch.array(1, blockRows * columns);
    float[] lengths = scratch.array(2, n);
    cpu(norms).read(0, lengths, n);
    for (int first = 0; first < n; first += blockRows) {
      int rows = Math.min(blockRows, n - first);
      from.read(first * columns, u, rows * columns);
      gradients.read(first * columns, g, rows * columns);
      for (int row = 0; row < rows; row++) {
        double length = lengths[first + row];
        double divisor = Math.max(length, floor) + epsilon;
        double along = 0;
        // a row under the floor, or without a direction, was only scaled
        if (length >= floor && length != 0) {
          double dot = Blocks.dot(g, u, row * columns, columns);
          along = dot / length / divisor / divisor;
        }
        Blocks.scaleAndAdd(g, (float) (1 / divisor), u, (float) -along, row * columns, columns);
      }
      gradients.write(first * columns, g, 0, rows * columns);
    }
  }

  @Override
  public void sigmoid(Matrix source, Matrix target) {
    KernelShapes.same("sigmoid", source, target);
    CpuMatrix from = cpu(source);
    CpuMatrix to = cpu(target);
    int length = from.rows() * from.columns();
    float[] block = scratch.array(0, Scratch.BLOCK);
    for (int i = 0; i < length; i += Scratch.BLOCK) {
      int count = Math.min(Scratch.BLOCK, length - i);
      from.read(i, block, count);
      for (int k = 0; k < count; k++) {
        block[k] = (float) (1 / (1 + Math.exp(-block[k])));
      }
      to.write(i, block, 0, count);
    }
  }

  @Override
  public void sigmoidGate(Matrix response, Matrix gradient) {
    KernelShapes.same("sigmoidGate", response, gradient);
    CpuMatrix gates = cpu(response);
    CpuMatrix values = cpu(gradient);
    int length = gates.rows() * gates.columns();
    float[] gate = scratch.array(0, Scratch.BLOCK);
    float[] block = scratch.array(1, Scratch.BLOCK);
    for (int i = 0; i < length; i += Scratch.BLOCK) {
      int count = Math.min(Scratch.BLOCK, length - i);
      gates.read(i, gate, count);
      values.read(i, block, count);
      for (int k = 0; k < count; k++) {
        block[k] *= gate[k] * (1 - gate[k]);
      }
      values.write(i, block, 0, count);
    }
  }

  @Override
  public void scaleColumns(Matrix row, Matrix source, Matrix target) {
    KernelShapes.rowOf("scaleColumns", source, row);
    KernelShapes.same("scaleColumns", source, target);
    CpuMatrix from = cpu(source);
    CpuMatrix to = cpu(target);
    int columns = from.columns();
    int blockRows = Scratch.blockRows(columns);
    float[] factors = scratch.array(1, columns);
    cpu(row).read(0, factors, columns);
    float[] block = scratch.array(0, blockRows * columns);
    for (int first = 0; first < from.rows(); first += blockRows) {
      int rows = Math.min(blockRows, from.rows() - first);
      from.read(first * columns, block, rows * columns);
      Blocks.scale(block, factors, rows, columns);
      to.write(first * columns, block, 0, rows * columns);
    }
  }

  @Override
  public void groupedForward(int groups, Matrix x, Matrix weights, Matrix y) {
    KernelShapes.grouped("groupedForward", groups, x, weights, y);
    int in = weights.columns();
    int out = weights.rows() / groups;
    FloatPointer input = cpu(x).pointer();
    FloatPointer w = cpu(weights).pointer();
    FloatPointer output = cpu(y).pointer();
    try {
      for (int group = 0; group < groups; group++) {
        cblas_sgemm(
            CblasRowMajor,
            CblasNoTrans,
            CblasTrans,
            x.rows(),
            out,
            in,
            1,
            input.position((long) group * in),
            x.columns(),
            w.position((long) group * out * in),
            in,
            0,
            output.position((long) group * out),
            y.columns());
      }
    } finally {
      rewind(input, w, output);
    }
  }

  @Override
  public void groupedBackward(
      int groups,
      Matrix x,
      Matrix weights,
      Matrix outputGradient,
      Matrix weightGradient,
      @Nullable Matrix inputGradient) {
    KernelShapes.grouped("groupedBackward", groups, x, weights, outputGradient);
    KernelShapes.same("groupedBackward", weights, weightGradient);
    groupedWeightGradient(groups, cpu(x), cpu(outputGradient), cpu(weightGradient));
    if (inputGradient != null) {
      KernelShapes.same("groupedBackward", x, inputGradient);
      groupedInputGradient(groups, cpu(outputGradient), cpu(weights), cpu(inputGradient));
    }
  }

  private static void groupedWeightGradient(
      int groups, CpuMatrix x, CpuMatrix outputGradient, CpuMatrix weightGradient) {
    int in = weightGradient.columns();
    int out = weightGradient.rows() / groups;
    FloatPointer input = x.pointer();
    FloatPointer output = outputGradient.pointer();
    FloatPointer target = weightGradient.pointer();
    try {
      for (int group = 0; group < groups; group++) {
        cblas_sgemm(
            CblasRowMajor,
            CblasTrans,
            CblasNoTrans,
            out,
            in,
            x.rows(),
            1,
            output.position((long) group * out),
            outputGradient.columns(),
            input.position((long) group * in),
            x.columns(),
            1,
            target.position((long) group * out * in),
            in);
      }
    } finally {
      rewind(input, output, target);
    }
  }

  private static void groupedInputGradient(
      int groups, CpuMatrix outputGradient, CpuMatrix weights, CpuMatrix inputGradient) {
    int in = weights.columns();
    int out = weights.rows() / groups;
    FloatPointer output = outputGradient.pointer();
    FloatPointer w = weights.pointer();
    FloatPointer target = inputGradient.pointer();
    try {
      for (int group = 0; group < groups; group++) {
        cblas_sgemm(
            CblasRowMajor,
            CblasNoTrans,
            CblasNoTrans,
            outputGradient.rows(),
            in,
            out,
            1,
            output.position((long) group * out),
            outputGradient.columns(),
            w.position((long) group * out * in),
            in,
            0,
            target.position((long) group * in),
            inputGradient.columns());
      }
    } finally {
      rewind(output, w, target);
    }
  }

  /** Matrices begin where their pointers stand, everywhere but within a grouped product. */
  private static void rewind(FloatPointer a, FloatPointer b, FloatPointer c) {
    a.position(0);
    b.position(0);
    c.position(0);
  }

  @Override
  public void circularWindows(Matrix source, Matrix target) {
    KernelShapes.windows("circularWindows", source, target);
    CpuMatrix from = cpu(source);
    CpuMatrix to = cpu(target);
    int d = from.columns();
    int width = to.columns();
    float[] signal = scratch.array(0, d + width);
    float[] windows = scratch.array(1, d * width);
    for (int row = 0; row < from.rows(); row++) {
      from.read(row * d, signal, d);
      System.arraycopy(signal, 0, signal, d, width);
      for (int p = 0; p < d; p++) {
        System.arraycopy(signal, p, windows, p * width, width);
      }
      to.write(row * d * width, windows, 0, d * width);
    }
  }

  @Override
  public void circularWindowsBackward(Matrix gradient, Matrix sourceGradient) {
    KernelShapes.windows("circularWindowsBackward", sourceGradient, gradient);
    CpuMatrix from = cpu(gradient);
    CpuMatrix to = cpu(sourceGradient);
    int d = to.columns();
    int width = from.columns();
    float[] signal = scratch.array(0, d + width);
    float[] windows = scratch.array(1, d * width);
    for (int row = 0; row < to.rows(); row++) {
      from.read(row * d * width, windows, d * width);
      Arrays.fill(signal, 0, d + width, 0f);
      for (int p = 0; p < d; p++) {
        for (int k = 0; k < width; k++) {
          signal[p + k] += windows[p * width + k];
        }
      }
      for (int k = 0; k < width; k++) {
        signal[k] += signal[d + k];
      }
      to.write(row * d, signal, 0, d);
    }
  }

  @Override
  public void poolRows(Matrix source, Matrix target) {
    KernelShapes.pooled("poolRows", source, target);
    CpuMatrix from = cpu(source);
    CpuMatrix to = cpu(target);
    int columns = from.columns();
    int k = from.rows() / to.rows();
    float[] block = scratch.array(0, k * columns);
    float[] sum = scratch.array(1, columns);
    for (int row = 0; row < to.rows(); row++) {
      from.read(row * k * columns, block, k * columns);
      Blocks.sumRows(block, sum, k, columns);
      Rows.scale(sum, columns, 1f / k);
      to.write(row * columns, sum, 0, columns);
    }
  }

  @Override
  public void poolRowsBackward(Matrix gradient, Matrix sourceGradient) {
    KernelShapes.pooled("poolRowsBackward", sourceGradient, gradient);
    CpuMatrix from = cpu(gradient);
    CpuMatrix to = cpu(sourceGradient);
    int columns = to.columns();
    int k = to.rows() / from.rows();
    float[] block = scratch.array(0, k * columns);
    for (int row = 0; row < from.rows(); row++) {
      from.read(row * columns, block, columns);
      Rows.scale(block, columns, 1f / k);
      for (int i = 1; i < k; i++) {
        System.arraycopy(block, 0, block, i * columns, columns);
      }
      to.write(row * k * columns, block, 0, k * columns);
    }
  }
}
