package dev.sluice.probe;

import dev.sluice.augment.EvaluationBatch;
import dev.sluice.compute.Backend;
import dev.sluice.compute.Matrix;
import dev.sluice.compute.Statistics;
import dev.sluice.data.Dictionary;
import org.jspecify.annotations.Nullable;

/**
 * The model seen on the fixed evaluation batch: weights, thresholds, pre-activations of the
 * anchors, of both views and of their sparse parts, all in float64 and row-major. Each is computed
 * when a probe first asks and kept until {@link #refresh}. The arrays are this object's own: probes
 * read them and change nothing.
 *
 * <p>Pre-activations are linear in the input, so the dense part of each is the whole minus its
 * sparse part.
 */
public final class LayerEvaluation extends Evaluation {
  private final Backend backend;
  private final EvaluationBatch batch;
  private final Matrix weights;
  private final Matrix thresholds;
  private final @Nullable Dictionary dictionary;
  private final int tileSide;
  private final Matrix product;
  private @Nullable Matrix dictionaryMatrix;
  private @Nullable Matrix projections;
  private @Nullable Matrix neuronProducts;

  public LayerEvaluation(
      Backend backend,
      EvaluationBatch batch,
      Matrix weights,
      Matrix thresholds,
      @Nullable Dictionary dictionary,
      int tileSide) {
    this.backend = backend;
    this.batch = batch;
    this.weights = weights;
    this.thresholds = thresholds;
    this.dictionary = dictionary;
    this.tileSide = tileSide;
    product = backend.allocate(batch.samples(), weights.rows());
  }

  /** n. */
  @Override
  public int samples() {
    return batch.samples();
  }

  /** m. */
  @Override
  public int neurons() {
    return weights.rows();
  }

  /** d1. */
  public int inputs() {
    return weights.columns();
  }

  /** d, 0 when the truth is not known. */
  public int features() {
    return dictionary == null ? 0 : dictionary.features();
  }

  /** Side of an image input in pixels, 0 when the inputs are no images. */
  public int tileSide() {
    return tileSide;
  }

  public Dictionary dictionary() {
    if (dictionary == null) {
      throw new IllegalStateException("the dictionary of this run is not known");
    }
    return dictionary;
  }

  /** z, n x d. */
  public double[] latents() {
    double[] latents = batch.latents();
    if (latents == null) {
      throw new IllegalStateException("the latents of this run are not known");
    }
    return latents;
  }

  /** W, m x d1. */
  public double[] weights() {
    return memo("W", () -> backend.download(weights));
  }

  /** Whether every weight is a finite number. */
  @Override
  public boolean isFinite() {
    for (double weight : weights()) {
      if (!Double.isFinite(weight)) {
        return false;
      }
    }
    return true;
  }

  /** b, length m. */
  public double[] thresholds() {
    return memo("b", () -> backend.download(thresholds));
  }

  /** x, n x d1. */
  public double[] anchors() {
    return input("x", batch.anchors());
  }

  /** A0 x, n x d1. */
  public double[] view0() {
    return input("x0", batch.view0());
  }

  /** A1 x, n x d1. */
  public double[] view1() {
    return input("x1", batch.view1());
  }

  /** A0 M z, n x d1. */
  public double[] signal0() {
    return input("s0", truth(batch.signal0()));
  }

  /** A1 M z, n x d1. */
  public double[] signal1() {
    return input("s1", truth(batch.signal1()));
  }

  /** a = W x of the anchors, n x m. */
  public double[] preactivations() {
    return response("a", batch.anchors());
  }

  /** W A0 x, n x m. */
  public double[] preactivations0() {
    return response("a0", batch.view0());
  }

  /** W A1 x, n x m. */
  public double[] preactivations1() {
    return response("a1", batch.view1());
  }

  /** W M z of the anchors, n x m, as (W M) z: latents are few and mostly 0. */
  public double[] sparsePreactivations() {
    return memo("p", this::projectLatents);
  }

  private double[] projectLatents() {
    int m = neurons();
    int d = features();
    double[] latents = latents();
    double[] projections = Statistics.transpose(weightProjections(), m, d);
    double[] response = new double[samples() * m];
    for (int i = 0; i < latents.length; i++) {
      if (latents[i] != 0) {
        Statistics.addScaled(latents[i], projections, i % d * m, response, i / d * m, m);
      }
    }
    return response;
  }

  /** W A0 M z, n x m. */
  public double[] sparsePreactivations0() {
    return response("p0", truth(batch.signal0()));
  }

  /** W A1 M z, n x m. */
  public double[] sparsePreactivations1() {
    return response("p1", truth(batch.signal1()));
  }

  /** f(x) of the anchors, n x m. */
  @Override
  public double[] responses() {
    return memo("f", () -> softThreshold(preactivations()));
  }

  /** f of the first views, n x m. */
  @Override
  public double[] responses0() {
    return memo("f0", () -> softThreshold(preactivations0()));
  }

  /** f of the second views, n x m. */
  @Override
  public double[] responses1() {
    return memo("f1", () -> softThreshold(preactivations1()));
  }

  /** W M, m x d: the projections of each neuron's weights on the features. */
  public double[] weightProjections() {
    return memo("WM", this::projectWeights);
  }

  private double[] projectWeights() {
    Matrix features = dictionaryMatrix;
    Matrix target = projections;
    if (features == null || target == null) {
      Dictionary truth = dictionary();
      features = backend.allocate(truth.inputs(), truth.features());
      backend.upload(truth.copyOfEntries(), features);
      target = backend.allocate(weights.rows(), truth.features());
      dictionaryMatrix = features;
      projections = target;
    }
    backend.gemm(Backend.Op.NONE, Backend.Op.NONE, 1, weights, features, 0, target);
    return backend.download(target);
  }

  /** W W', m x m: the inner products of the neurons' weights. */
  public double[] weightProducts() {
    return memo("WW", this::multiplyWeights);
  }

  private double[] multiplyWeights() {
    Matrix target = neuronProducts;
    if (target == null) {
      target = backend.allocate(weights.rows(), weights.rows());
      neuronProducts = target;
    }
    backend.gemm(Backend.Op.NONE, Backend.Op.TRANSPOSE, 1, weights, weights, 0, target);
    return backend.download(target);
  }

  /** The backend of the run, for a probe that draws samples of its own. */
  public Backend backend() {
    return backend;
  }

  /** W x of a probe's own samples, k x d1, as a new k x m array. */
  public double[] preactivationsOf(Matrix inputs) {
    try (Matrix target = backend.allocate(inputs.rows(), weights.rows())) {
      backend.gemm(Backend.Op.NONE, Backend.Op.TRANSPOSE, 1, inputs, weights, 0, target);
      return backend.download(target);
    }
  }

  /** sign(a) max(0, |a| - b) of any n x m pre-activations, as a new array. */
  public double[] softThreshold(double[] preactivations) {
    double[] b = thresholds();
    int m = neurons();
    double[] response = new double[preactivations.length];
    for (int i = 0; i < response.length; i++) {
      double a = preactivations[i];
      double limit = b[i % m];
      response[i] = a - Math.max(-limit, Math.min(limit, a));
    }
    return response;
  }

  @Override
  public void close() {
    product.close();
    if (dictionaryMatrix != null) {
      dictionaryMatrix.close();
    }
    if (projections != null) {
      projections.close();
    }
    if (neuronProducts != null) {
      neuronProducts.close();
    }
  }

  private double[] input(String key, Matrix matrix) {
    return memo(key, () -> backend.download(matrix));
  }

  private double[] response(String key, Matrix inputs) {
    return memo(
        key,
        () -> {
          backend.gemm(Backend.Op.NONE, Backend.Op.TRANSPOSE, 1, inputs, weights, 0, product);
          return backend.download(product);
        });
  }

  private static Matrix truth(@Nullable Matrix matrix) {
    if (matrix == null) {
      throw new IllegalStateException("the sparse part of this run's inputs is not known");
    }
    return matrix;
  }
}
