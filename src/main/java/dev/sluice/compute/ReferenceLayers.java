package dev.sluice.compute;

import static dev.sluice.compute.ReferenceMatrix.values;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The layer kernels of {@link ReferenceBackend}. */
final class ReferenceLayers implements LayerKernels {

  @Override
  public void addRow(Matrix row, Matrix target) {
    KernelShapes.rowOf("addRow", target, row);
    double[] from = values(row);
    double[] to = values(target);
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i % from.length];
    }
  }

  @Override
  public void columnSums(Matrix source, double beta, Matrix row) {
    KernelShapes.rowOf("columnSums", source, row);
    double[] x = values(source);
    double[] sums = values(row);
    for (int j = 0; j < sums.length; j++) {
      double sum = 0;
      for (int i = j; i < x.length; i += sums.length) {
        sum += x[i];
      }
      sums[j] = beta == 0 ? sum : beta * sums[j] + sum;
    }
  }

  @Override
  public void leakyRelu(Matrix preactivation, double slope, Matrix response) {
    KernelShapes.same("leakyRelu", preactivation, response);
    double[] x = values(preactivation);
    double[] y = values(response);
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] > 0 ? x[i] : slope * x[i];
    }
  }

  @Override
  public void leakyGate(Matrix preactivation, double slope, Matrix gradient, Matrix target) {
    KernelShapes.same("leakyGate", preactivation, gradient);
    KernelShapes.same("leakyGate", preactivation, target);
    double[] x = values(preactivation);
    double[] g = values(gradient);
    double[] gated = values(target);
    for (int i = 0; i < x.length; i++) {
      gated[i] = x[i] > 0 ? g[i] : slope * g[i];
    }
  }

  @Override
  public void standardise(Matrix source, double epsilon, Matrix target, Matrix inverseDeviation) {
    KernelShapes.same("standardise", source, target);
    KernelShapes.rowOf("standardise", source, inverseDeviation);
    double[] x = values(source);
    double[] y = values(target);
    double[] inverse = values(inverseDeviation);
    int m = inverse.length;
    int n = source.rows();
    for (int j = 0; j < m; j++) {
      double mean = 0;
      for (int i = j; i < x.length; i += m) {
        mean += x[i] / n;
      }
      double variance = 0;
      for (int i = j; i < x.length; i += m) {
        variance += (x[i] - mean) * (x[i] - mean) / n;
      }
      inverse[j] = 1 / Math.sqrt(variance + epsilon);
      for (int i = j; i < x.length; i += m) {
        y[i] = (x[i] - mean) * inverse[j];
      }
    }
  }

  @Override
  public void standardiseBackward(Matrix standardised, Matrix inverseDeviation, Matrix gradient) {
    KernelShapes.same("standardiseBackward", standardised, gradient);
    KernelShapes.rowOf("standardiseBackward", standardised, inverseDeviation);
    double[] y = values(standardised);
    double[] g = values(gradient);
    double[] inverse = values(inverseDeviation);
    int m = inverse.length;
    int n = gradient.rows();
    for (int j = 0; j < m; j++) {
      double mean = 0;
      double along = 0;
      for (int i = j; i < g.length; i += m) {
        mean += g[i] / n;
        along += g[i] * y[i] / n;
      }
      for (int i = j; i < g.length; i += m) {
        g[i] = inverse[j] * (g[i] - mean - y[i] * along);
      }
    }
  }

  @Override
  public void unitRows(Matrix source, double floor, double epsilon, Matrix target, Matrix norms) {
    KernelShapes.same("unitRows", source, target);
    KernelShapes.columnOf("unitRows", source, norms);
    double[] x = values(source);
    double[] y = values(target);
    double[] lengths = values(norms);
    int m = source.columns();
    for (int row = 0; row < lengths.length; row++) {
      double squares = 0;
      for (int i = row * m; i < (row + 1) * m; i++) {
        squares += x[i] * x[i];
      }
      lengths[row] = Math.sqrt(squares);
      double divisor = Math.max(lengths[row], floor) + epsilon;
      for (int i = row * m; i < (row + 1) * m; i++) {
        y[i] = x[i] / divisor;
      }
    }
  }

  @Override
  public void unitRowsBackward(
      Matrix source, Matrix norms, double floor, double epsilon, Matrix gradient) {
    KernelShapes.same("unitRowsBackward", source, gradient);
    KernelShapes.columnOf("unitRowsBackward", source, norms);
    double[] u = values(source);
    double[] g = values(gradient);
    double[] lengths = values(norms);
    int m = source.columns();
    for (int row = 0; row < lengths.length; row++) {
      double length = lengths[row];
      double divisor = Math.max(length, floor) + epsilon;
      double along = 0;
      // a row under the floor, or without a direction, was only scaled
      if (length >= floor && length != 0) {
        for (int i = row * m; i < (row + 1) * m; i++) {
          along += g[i] * u[i];
        }
        along /= length * divisor * divisor;
      }
      for (int i = row * m; i < (row + 1) * m; i++) {
        g[i] = g[i] / divisor - u[i] * along;
      }
    }
  }

  @Override
  public void sigmoid(Matrix source, Matrix target) {
    KernelShapes.same("sigmoid", source, target);
    double[] x = values(source);
    double[] y = values(target);
    for (int i = 0; i < x.length; i++) {
      y[i] = 1 / (1 + Math.exp(-x[i]));
    }
  }

  @Override
  public void sigmoidGate(Matrix response, Matrix gradient) {
    KernelShapes.same("sigmoidGate", response, gradient);
    double[] y = values(response);
    double[] g = values(gradient);
    for (int i = 0; i < y.length; i++) {
      g[i] *= y[i] * (1 - y[i]);
    }
  }

  @Override
  public void scaleColumns(Matrix row, Matrix source, Matrix target) {
    KernelShapes.rowOf("scaleColumns", source, row);
    KernelShapes.same("scaleColumns", source, target);
    double[] factors = values(row);
    double[] x = values(source);
    double[] y = values(target);
    for (int i = 0; i < x.length; i++) {
      y[i] = factors[i % factors.length] * x[i];
    }
  }

  @Override
  public void columnDots(Matrix a, Matrix b, double beta, Matrix row) {
    KernelShapes.same("columnDots", a, b);
    KernelShapes.rowOf("columnDots", a, row);
    double[] left = values(a);
    double[] right = values(b);
    double[] sums = values(row);
    for (int j = 0; j < sums.length; j++) {
      double sum = 0;
      for (int i = j; i < left.length; i += sums.length) {
        sum += left[i] * right[i];
      }
      sums[j] = beta == 0 ? sum : beta * sums[j] + sum;
    }
  }

  @Override
  public void groupedForward(int groups, Matrix x, Matrix weights, Matrix y) {
    KernelShapes.grouped("groupedForward", groups, x, weights, y);
    double[] input = values(x);
    double[] w = values(weights);
    double[] output = values(y);
    int in = weights.columns();
    int out = weights.rows() / groups;
    for (int i = 0; i < x.rows(); i++) {
      for (int o = 0; o < weights.rows(); o++) {
        int first = i * x.columns() + o / out * in;
        double sum = 0;
        for (int k = 0; k < in; k++) {
          sum += input[first + k] * w[o * in + k];
        }
        output[i * weights.rows() + o] = sum;
      }
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
    double[] input = values(x);
    double[] g = values(outputGradient);
    double[] w = values(weightGradient);
    int in = weights.columns();
    int out = weights.rows() / groups;
    for (int i = 0; i < x.rows(); i++) {
      for (int o = 0; o < weights.rows(); o++) {
        int first = i * x.columns() + o / out * in;
        for (int k = 0; k < in; k++) {
          w[o * in + k] += g[i * weights.rows() + o] * input[first + k];
        }
      }
    }
    if (inputGradient != null) {
      KernelShapes.same("groupedBackward", x, inputGradient);
      groupedInputGradient(groups, g, values(weights), in, values(inputGradient));
    }
  }

  private static void groupedInputGradient(
      int groups, double[] gradient, double[] weights, int in, double[] target) {
    int width = groups * in;
    int outputs = weights.length / in;
    int out = outputs / groups;
    for (int i = 0; i < target.length; i++) {
      int row = i / width;
      int group = i % width / in;
      int k = i % in;
      double sum = 0;
      for (int o = group * out; o < (group + 1) * out; o++) {
        sum += gradient[row * outputs + o] * weights[o * in + k];
      }
      target[i] = sum;
    }
  }

  @Override
  public void circularWindows(Matrix source, Matrix target) {
    KernelShapes.windows("circularWindows", source, target);
    double[] x = values(source);
    double[] windows = values(target);
    int d = source.columns();
    int width = target.columns();
    for (int i = 0; i < windows.length; i++) {
      int row = i / width;
      windows[i] = x[row / d * d + (row % d + i % width) % d];
    }
  }

  @Override
  public void circularWindowsBackward(Matrix gradient, Matrix sourceGradient) {
    KernelShapes.windows("circularWindowsBackward", sourceGradient, gradient);
    double[] windows = values(gradient);
    double[] g = values(sourceGradient);
    int d = sourceGradient.columns();
    int width = gradient.columns();
    Arrays.fill(g, 0);
    for (int i = 0; i < windows.length; i++) {
      int row = i / width;
      g[row / d * d + (row % d + i % width) % d] += windows[i];
    }
  }

  @Override
  public void poolRows(Matrix source, Matrix target) {
    KernelShapes.pooled("poolRows", source, target);
    double[] x = values(source);
    double[] means = values(target);
    int m = source.columns();
    int k = source.rows() / target.rows();
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      for (int r = 0; r < k; r++) {
        sum += x[(i / m * k + r) * m + i % m];
      }
      means[i] = sum / k;
    }
  }

  @Override
  public void poolRowsBackward(Matrix gradient, Matrix sourceGradient) {
    KernelShapes.pooled("poolRowsBackward", sourceGradient, gradient);
    double[] means = values(gradient);
    double[] g = values(sourceGradient);
    int m = gradient.columns();
    int k = sourceGradient.rows() / gradient.rows();
    for (int i = 0; i < g.length; i++) {
      g[i] = means[i / m / k * m + i % m] / k;
    }
  }
}
