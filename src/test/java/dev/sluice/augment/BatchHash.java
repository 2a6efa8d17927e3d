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
    Matrix probe = batch.shape().probeRows() == 0 ? null : batch.probe();
    MessageDigest digest = sha256();
    add(digest, backend, batch.view0(), batch.view1(), probe, batch.negatives());
    add(digest, batch.labels());
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(Backend backend, EvaluationBatch batch) {
    MessageDigest digest = sha256();
    add(
        digest,
        backend,
        batch.anchors(),
        batch.view0(),
        batch.view1(),
        batch.signal(),
        batch.signal0(),
        batch.signal1());
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a batch without anchors: its views, labels and latents. */
  static String ofViews(Backend backend, EvaluationBatch batch) {
    MessageDigest digest = sha256();
    add(digest, backend, batch.view0(), batch.view1());
    add(digest, batch.labels());
    double[] latents = batch.latents();
    if (latents != null) {
      ByteBuffer bytes = ByteBuffer.allocate(8 * latents.length);
      for (double latent : latents) {
        bytes.putDouble(latent);
      }
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest digest, int[] labels) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * labels.length);
    for (int label : labels) {
      bytes.putInt(label);
    }
    digest.update(bytes.array());
  }

  private static void add(MessageDigest digest, Backend backend, Matrix... matrices) {
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
  }
}
