package dev.sluice.compute;

/**
 * Where matrices live and the closed list of kernels that compute on them. The list is closed so
 * that a device can fill it kernel by kernel; there is no lambda over rows and no view into memory.
 * Every kernel checks shapes and names both when they do not fit. Threading: a matrix is used by
 * one thread at a time; different matrices of one backend may be used by different threads, apart
 * from the scratch rules a backend states.
 */
public interface Backend extends AutoCloseable {

  /** The kernels of layers. */
  LayerKernels layers();

  /** The kernels of objectives. */
  ObjectiveKernels objectives();

  /** The kernels of optimisers. */
  UpdateKernels updates();

  /** Whether an operand of a product is taken as it is or transposed. */
  enum Op {
    NONE,
    TRANSPOSE
  }

  /** Name in {@code backend_info}: {@code cpu} or {@code reference}. */
  String name();

  /** A new matrix of zeros. */
  Matrix allocate(int rows, int columns);

  // ---- transfer

  /**
   * Copies rows given row-major from {@code source[offset]} on into {@code target}, from {@code
   * firstRow} on.
   */
  void upload(float[] source, int offset, Matrix target, int firstRow, int rowCount);

  /** Copies a whole matrix given row-major. */
  void upload(double[] source, Matrix target);

  /** Copies rows, row-major, to the beginning of {@code target}. */
  void download(Matrix source, int firstRow, int rowCount, double[] target);

  /** Copies a whole matrix, row-major. */
  default double[] download(Matrix source) {
    double[] values = new double[source.rows() * source.columns()];
    download(source, 0, source.rows(), values);
    return values;
  }

  /** Copies {@code source} over {@code target} of the same shape. */
  void copy(Matrix source, Matrix target);

  /** Sets every entry to 0. */
  void clear(Matrix target);

  // ---- products

  /** {@code c = alpha op(a) op(b) + beta c}. {@code c} is neither {@code a} nor {@code b}. */
  void gemm(Op opA, Op opB, double alpha, Matrix a, Matrix b, double beta, Matrix c);

  // ---- fused kernels

  /**
   * Symmetrised ReLU: {@code response = sign(a) max(0, |a| - b)} column by column.
   *
   * @param preactivation a, shape (n, m)
   * @param threshold b >= 0, shape (1, m)
   * @param response shape (n, m), may be {@code preactivation} itself
   */
  void softThreshold(Matrix preactivation, Matrix threshold, Matrix response);

  /**
   * Backward of {@link #softThreshold}: entries of {@code gradient} where {@code response} is 0
   * become 0.
   */
  void gate(Matrix response, Matrix gradient);

  /**
   * InfoNCE with in-batch negatives from its logits, in place: {@code similarity} (n, n) holds
   * {@code S = F0 F1' / tau} and afterwards {@code (P - I) / n} with P the row-wise softmax, which
   * is the gradient with respect to {@code tau S}.
   */
  ContrastStatistics contrastInBatch(Matrix similarity, double temperature);

  /**
   * InfoNCE against shared negatives, in place: {@code similarity} (n, h) holds {@code F0 N' / tau}
   * and afterwards {@code P_neg / n}; {@code response0} and {@code response1} (n, m) give the
   * positive logits; {@code positive} (n, 1) receives {@code (P_pos - 1) / n}.
   */
  ContrastStatistics contrastShared(
      Matrix similarity, Matrix response0, Matrix response1, Matrix positive, double temperature);

  /**
   * {@code target_ij += scale_i source_ij} with {@code scale} (n, 1), or {@code constant source_ij}
   * where it is null.
   */
  void addScaledRows(
      @org.jspecify.annotations.Nullable Matrix scale,
      double constant,
      Matrix source,
      Matrix target);

  /**
   * Plain SGD with L2 decay: {@code W = W - rate (G + decay W)}.
   *
   * @param rowNorms shape (1, m): receives the Euclidean norm of every new row
   * @return Frobenius norm of G (without the decay term)
   */
  double sgdStep(Matrix weights, Matrix gradient, double rate, double decay, Matrix rowNorms);

  /**
   * Scales every row of norm above {@code limit} back to it; {@code rowNorms} (1, m) is updated.
   */
  void limitRowNorms(Matrix weights, double limit, Matrix rowNorms);

  /** Sums over the rows of a matrix of embeddings, see {@link EmbeddingMoments}. */
  void embeddingMoments(Matrix embeddings, EmbeddingMoments target);

  /**
   * Sums over the pairs of two matrices of embeddings of the same shape, see {@link PairMoments}.
   */
  void pairMoments(Matrix embeddings0, Matrix embeddings1, PairMoments target);

  /**
   * The response to the anchors where the two views average to the anchor: {@code response =
   * softThreshold((a0 + a1) / 2, b)}. {@code a0} and {@code a1} are pre-activations of the views,
   * (n, m).
   */
  void averagedResponse(Matrix a0, Matrix a1, Matrix threshold, Matrix response);

  @Override
  void close();
}
