package dev.sluice.compute;

import static dev.sluice.compute.ReferenceMatrix.values;

import dev.sluice.event.StepReport;
import java.util.Arrays;

/** The kernels of objectives as the plainest loops in float64. Slow, stateless. */
final class ReferenceObjectives implements ObjectiveKernels {

  @Override
  public double squaredNorm(Matrix matrix) {
    return dot(matrix, matrix);
  }

  @Override
  public double squaredDistance(Matrix a, Matrix b) {
    KernelShapes.same("squaredDistance", a, b);
    double[] left = values(a);
    double[] right = values(b);
    return distance(left, 0, right, 0, left.length, 2);
  }

  @Override
  public double dot(Matrix a, Matrix b) {
    KernelShapes.same("dot", a, b);
    double[] left = values(a);
    double[] right = values(b);
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  @Override
  public double shiftDiagonal(Matrix square, double by) {
    KernelShapes.square("shiftDiagonal", square);
    double[] values = values(square);
    double trace = 0;
    for (int i = 0; i < values.length; i += square.columns() + 1) {
      trace += values[i];
      values[i] += by;
    }
    return trace;
  }

  @Override
  public void clearDiagonal(Matrix square) {
    KernelShapes.square("clearDiagonal", square);
    double[] values = values(square);
    for (int i = 0; i < values.length; i += square.columns() + 1) {
      values[i] = 0;
    }
  }

  @Override
  public void gateRows(Matrix column, Matrix target) {
    KernelShapes.columnOf("gateRows", target, column);
    double[] gates = values(column);
    double[] values = values(target);
    int m = target.columns();
    for (int row = 0; row < gates.length; row++) {
      if (gates[row] == 0) {
        Arrays.fill(values, row * m, (row + 1) * m, 0);
      }
    }
  }

  @Override
  public void stack(Matrix top, Matrix bottom, Matrix whole) {
    KernelShapes.stacked("stack", top, bottom, whole);
    double[] first = values(top);
    double[] second = values(bottom);
    double[] target = values(whole);
    System.arraycopy(first, 0, target, 0, first.length);
    System.arraycopy(second, 0, target, first.length, second.length);
  }

  @Override
  public void split(Matrix whole, Matrix top, Matrix bottom) {
    KernelShapes.stacked("split", top, bottom, whole);
    double[] first = values(top);
    double[] second = values(bottom);
    double[] source = values(whole);
    System.arraycopy(source, 0, first, 0, first.length);
    System.arraycopy(source, first.length, second, 0, second.length);
  }

  @Override
  public void centreColumns(Matrix source, Matrix target) {
    KernelShapes.same("centreColumns", source, target);
    double[] from = values(source);
    double[] to = values(target);
    int m = source.columns();
    for (int j = 0; j < m; j++) {
      double mean = mean(from, j, m);
      for (int i = j; i < from.length; i += m) {
        to[i] = from[i] - mean;
      }
    }
  }

  @Override
  public ContrastStatistics contrastLabelled(Matrix similarity, int[] labels, boolean inside) {
    KernelShapes.square("contrastLabelled", similarity);
    KernelShapes.labels("contrastLabelled", similarity, labels);
    double[] s = values(similarity);
    int n = labels.length;
    int anchors = 0;
    for (int i = 0; i < n; i++) {
      anchors += positives(labels, i) > 0 ? 1 : 0;
    }
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int i = 0; i < n; i++) {
      int row = i * n;
      int positives = positives(labels, i);
      if (positives == 0) {
        Arrays.fill(s, row, row + n, 0);
        continue;
      }
      int best = mostSimilarOther(s, row, i, n);
      wins += isPositive(labels, i, best) && !Double.isNaN(s[row + best]) ? 1 : 0;
      double all = logSumExp(s, labels, i, /* positivesOnly= */ false);
      double wanted = logSumExp(s, labels, i, /* positivesOnly= */ true);
      double mean = 0;
      for (int a = 0; a < n; a++) {
        mean += isPositive(labels, i, a) ? s[row + a] / positives : 0;
      }
      loss += all - (inside ? wanted - Math.log(positives) : mean);
      probability += Math.exp(wanted - all);
      for (int a = 0; a < n; a++) {
        double share = a == i ? 0 : Math.exp(s[row + a] - all);
        double target = inside ? Math.exp(s[row + a] - wanted) : 1.0 / positives;
        s[row + a] = (share - (isPositive(labels, i, a) ? target : 0)) / anchors;
      }
    }
    return new ContrastStatistics(loss / anchors, probability / anchors, (double) wins / anchors);
  }

  private static boolean isPositive(int[] labels, int anchor, int other) {
    return other != anchor && labels[other] == labels[anchor];
  }

  private static int positives(int[] labels, int anchor) {
    int count = 0;
    for (int a = 0; a < labels.length; a++) {
      count += isPositive(labels, anchor, a) ? 1 : 0;
    }
    return count;
  }

  /** Over the others of an anchor, or its positives, of which it has one at least. */
  private static double logSumExp(double[] s, int[] labels, int anchor, boolean positivesOnly) {
    int row = anchor * labels.length;
    double largest = Double.NEGATIVE_INFINITY;
    for (int a = 0; a < labels.length; a++) {
      boolean counts = positivesOnly ? isPositive(labels, anchor, a) : a != anchor;
      largest = counts ? Math.max(largest, s[row + a]) : largest;
    }
    double sum = 0;
    for (int a = 0; a < labels.length; a++) {
      boolean counts = positivesOnly ? isPositive(labels, anchor, a) : a != anchor;
      sum += counts ? Math.exp(s[row + a] - largest) : 0;
    }
    return largest + Math.log(sum);
  }

  /** The first of the largest, not the anchor itself; one that is NaN comes before all. */
  private static int mostSimilarOther(double[] s, int row, int anchor, int n) {
    int best = anchor == 0 ? 1 : 0;
    for (int a = best + 1; a < n; a++) {
      boolean larger = s[row + a] > s[row + best] || Double.isNaN(s[row + a]);
      if (a != anchor && larger && !Double.isNaN(s[row + best])) {
        best = a;
      }
    }
    return best;
  }

  @Override
  public ContrastStatistics powerContrast(
      Matrix a, Matrix b, double power, double temperature, Matrix gradientA, Matrix gradientB) {
    KernelShapes.same("powerContrast", a, b);
    KernelShapes.same("powerContrast", a, gradientA);
    KernelShapes.same("powerContrast", a, gradientB);
    double[] x = values(a);
    double[] y = values(b);
    double[] gradientX = values(gradientA);
    double[] gradientY = values(gradientB);
    int n = a.rows();
    int m = a.columns();
    Arrays.fill(gradientX, 0);
    Arrays.fill(gradientY, 0);
    double[] logits = new double[n];
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int i = 0; i < n; i++) {
      double own = -distance(x, i * m, y, i * m, m, power) / temperature;
      double max = own;
      boolean nearest = true;
      for (int j = 0; j < n; j++) {
        logits[j] = -distance(x, i * m, x, j * m, m, power) / temperature;
        max = Math.max(max, logits[j]);
        nearest &= j == i || own > logits[j];
      }
      double sum = Math.exp(own - max);
      for (double logit : logits) {
        sum += Math.exp(logit - max);
      }
      double share = Math.exp(own - max) / sum;
      loss += max + Math.log(sum) - own;
      probability += share;
      wins += nearest ? 1 : 0;
      for (int k = 0; k < m; k++) {
        int at = i * m + k;
        double pull = (1 - share) / (n * temperature) * slope(x[at] - y[at], power);
        gradientX[at] += pull;
        gradientY[at] -= pull;
        for (int j = 0; j < n; j++) {
          double weight = Math.exp(logits[j] - max) / sum / (n * temperature);
          double push = weight * slope(x[at] - x[j * m + k], power);
          gradientX[at] -= push;
          gradientX[j * m + k] += push;
        }
      }
    }
    return new ContrastStatistics(loss / n, probability / n, (double) wins / n);
  }

  /** Derivative of {@code |x|^power}; 0 at 0. */
  private static double slope(double x, double power) {
    return power * Math.pow(Math.abs(x), power - 1) * Math.signum(x);
  }

  /** {@code sum_k |a_k - b_k|^power}. */
  private static double distance(
      double[] a, int offsetA, double[] b, int offsetB, int length, double power) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += Math.pow(Math.abs(a[offsetA + k] - b[offsetB + k]), power);
    }
    return sum;
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
    int n = anchor.rows();
    int m = anchor.columns();
    int h = negatives.rows() / n;
    double[] f = values(anchor);
    double[] near = values(positive);
    double[] far = values(negatives);
    double[] gradient = values(anchorGradient);
    double[] nearGradient = values(positiveGradient);
    double[] farGradient = values(negativeGradient);
    Arrays.fill(gradient, 0);
    DistanceWeights weights = new DistanceWeights();
    double[] distances = new double[h];
    double loss = 0;
    double probability = 0;
    int wins = 0;
    for (int i = 0; i < n; i++) {
      double r = distance(f, i * m, near, i * m, m, 2) / 2;
      boolean nearest = true;
      for (int k = 0; k < h; k++) {
        distances[k] = distance(f, i * m, far, (i * h + k) * m, m, 2) / 2;
        nearest &= r < distances[k];
      }
      loss += weights.of(form, r, distances, h, temperature, margin);
      probability += weights.probability;
      wins += nearest ? 1 : 0;
      for (int c = 0; c < m; c++) {
        int at = i * m + c;
        nearGradient[at] = weights.positive / n * (near[at] - f[at]);
        gradient[at] -= nearGradient[at];
        for (int k = 0; k < h; k++) {
          int other = (i * h + k) * m + c;
          farGradient[other] = distances[k] / n * (far[other] - f[at]);
          gradient[at] -= farGradient[other];
        }
      }
    }
    return new ContrastStatistics(
        loss / n,
        form == Contrast.INFO_NCE ? probability / n : StepReport.ABSENT,
        (double) wins / n);
  }

  @Override
  public double varianceHinge(Matrix embeddings, double epsilon, double scale, Matrix gradient) {
    KernelShapes.same("varianceHinge", embeddings, gradient);
    KernelShapes.twoRows("varianceHinge", embeddings);
    double[] z = values(embeddings);
    double[] g = values(gradient);
    int n = embeddings.rows();
    int m = embeddings.columns();
    double loss = 0;
    for (int j = 0; j < m; j++) {
      double mean = mean(z, j, m);
      double squares = 0;
      for (int i = j; i < z.length; i += m) {
        squares += (z[i] - mean) * (z[i] - mean);
      }
      double deviation = Math.sqrt(squares / (n - 1) + epsilon);
      loss += Math.max(0, 1 - deviation);
      if (!(deviation >= 1)) {
        for (int i = j; i < z.length; i += m) {
          g[i] -= scale * (z[i] - mean) / ((n - 1) * deviation * m);
        }
      }
    }
    return loss / m;
  }

  /** Mean of every {@code stride}-th value; the first is taken off first: a constant is exact. */
  private static double mean(double[] values, int first, int stride) {
    double sum = 0;
    for (int i = first; i < values.length; i += stride) {
      sum += values[i] - values[first];
    }
    int rows = values.length / stride;
    return values[first] + sum / rows;
  }

  @Override
  public double redundancy(Matrix correlation, double lambda) {
    KernelShapes.square("redundancy", correlation);
    double[] c = values(correlation);
    int m = correlation.columns();
    double loss = 0;
    for (int i = 0; i < c.length; i++) {
      if (i % (m + 1) == 0) {
        loss += (1 - c[i]) * (1 - c[i]);
        c[i] = -2 * (1 - c[i]);
      } else {
        loss += lambda * c[i] * c[i];
        c[i] = 2 * lambda * c[i];
      }
    }
    return loss;
  }
}
