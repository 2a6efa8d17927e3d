package dev.sluice.train;

import dev.sluice.compute.SymmetricEigen;
import dev.sluice.event.Snapshot;
import dev.sluice.event.Snapshot.Kind;
import dev.sluice.probe.Evaluation;
import java.util.ArrayList;
import java.util.List;

/** Makes the larger things to look at from the model as it stands. */
final class Snapshots {
  private Snapshots() {}

  static List<Snapshot> of(String run, long step, Evaluation evaluation) {
    List<Snapshot> snapshots = new ArrayList<>();
    if (evaluation.features() > 0) {
      snapshots.add(alignment(run, step, evaluation));
    }
    if (evaluation.tileSide() > 0) {
      snapshots.add(filters(run, step, evaluation));
    }
    snapshots.add(spectrum(run, step, evaluation));
    return snapshots;
  }

  private static Snapshot alignment(String run, long step, Evaluation evaluation) {
    int m = evaluation.neurons();
    int d = evaluation.features();
    int d1 = evaluation.inputs();
    double[] weights = evaluation.weights();
    float[] cosines = new float[m * d];
    double[] sums = new double[d];
    for (int i = 0; i < m; i++) {
      java.util.Arrays.fill(sums, 0);
      double square = 0;
      for (int c = 0; c < d1; c++) {
        double w = weights[i * d1 + c];
        square += w * w;
        for (int j = 0; j < d; j++) {
          sums[j] += w * evaluation.dictionary().entry(c, j);
        }
      }
      for (int j = 0; j < d; j++) {
        cosines[i * d + j] = square > 0 ? (float) (Math.abs(sums[j]) / Math.sqrt(square)) : 0;
      }
    }
    return new Snapshot(run, step, Kind.ALIGNMENT, m, d, cosines);
  }

  private static Snapshot filters(String run, long step, Evaluation evaluation) {
    int m = evaluation.neurons();
    int d1 = evaluation.inputs();
    double[] weights = evaluation.weights();
    float[] tiles = new float[m * d1];
    for (int i = 0; i < m; i++) {
      double square = 0;
      for (int c = 0; c < d1; c++) {
        square += weights[i * d1 + c] * weights[i * d1 + c];
      }
      double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
      for (int c = 0; c < d1; c++) {
        tiles[i * d1 + c] = (float) (scale * weights[i * d1 + c]);
      }
    }
    return new Snapshot(run, step, Kind.FILTERS, m, d1, tiles);
  }

  /** Eigenvalues of the centred covariance of the embeddings, descending. */
  private static Snapshot spectrum(String run, long step, Evaluation evaluation) {
    int n = evaluation.samples();
    int m = evaluation.neurons();
    double[] responses = evaluation.responses();
    double[] mean = new double[m];
    for (int i = 0; i < responses.length; i++) {
      mean[i % m] += responses[i] / n;
    }
    double[] covariance = new double[m * m];
    double[] row = new double[m];
    for (int p = 0; p < n; p++) {
      for (int j = 0; j < m; j++) {
        row[j] = responses[p * m + j] - mean[j];
      }
      for (int i = 0; i < m; i++) {
        double scaled = row[i] / n;
        for (int j = 0; j < m; j++) {
          covariance[i * m + j] += scaled * row[j];
        }
      }
    }
    double[] eigenvalues = SymmetricEigen.values(covariance, m);
    float[] descending = new float[m];
    for (int i = 0; i < m; i++) {
      descending[i] = (float) Math.max(0, eigenvalues[i]);
    }
    return new Snapshot(run, step, Kind.SPECTRUM, 1, m, descending);
  }
}
