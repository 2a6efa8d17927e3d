package dev.sluice.augment;

import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over the bits of everything that a batch holds. */
final class BatchHash {
  private BatchHash() {}

  static String of(Backend backend, PairBatch batch) {
    return of(backend, batch.view0(), batch.view1(), batch.probe(), batch.negatives());
  }

  static String of(Backend backend, EvaluationBatch batch) {
    return of(
        backend,
        batch.anchors(),
        batch.view0(),
        batch.view1(),
        batch.signal(),
        batch.signal0(),
        batch.signal1());
  }

  private static String of(Backend backend, Matrix... matrices) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    for (Matrix matrix : matrices) {
      if (matrix == null) {
        continue;
      }
      double[] values = backend.download(matrix);
      ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
      for (double value : values) {
        bytes.putFloat((float) value);
      }
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
