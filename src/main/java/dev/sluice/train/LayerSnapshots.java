package dev.sluice.train;

import dev.sluice.event.Snapshot;
import dev.sluice.event.Snapshot.Kind;
import dev.sluice.probe.Alignment;
import dev.sluice.probe.EffectiveRank;
import dev.sluice.probe.LayerEvaluation;
import java.util.ArrayList;
import java.util.List;

/** Makes the larger things to look at from the model as it stands. */
final class LayerSnapshots {
  private LayerSnapshots() {}

  static List<Snapshot> of(String run, long step, LayerEvaluation evaluation) {
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

  private static Snapshot alignment(String run, long step, LayerEvaluation evaluation) {
    float[] cosines = floats(Alignment.cosines(evaluation));
    return new Snapshot(
        run, step, Kind.ALIGNMENT, evaluation.neurons(), evaluation.features(), cosines);
  }

  private static Snapshot filters(String run, long step, LayerEvaluation evaluation) {
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

  private static Snapshot spectrum(String run, long step, LayerEvaluation evaluation) {
    float[] spectrum = floats(EffectiveRank.covarianceSpectrum(evaluation));
    return new Snapshot(run, step, Kind.SPECTRUM, 1, spectrum.length, spectrum);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
