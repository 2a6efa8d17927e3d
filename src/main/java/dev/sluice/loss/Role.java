package dev.sluice.loss;

/**
 * The tensors of a step that objectives are made of, by the part they play. 0 and 1 are the two
 * views.
 */
public enum Role {
  /** The views themselves, shape (B, d1). */
  VIEW0,
  VIEW1,
  /** Encoder's output, shape (B, d). */
  EMBEDDING0,
  EMBEDDING1,
  /** Encoder's output for explicit negatives, shape (B H, d), those of an anchor one by one. */
  NEGATIVE,
  /** Predictor's output, shape (B, d); the embedding itself where there is no predictor. */
  PREDICTION0,
  PREDICTION1,
  /** What a prediction is held against: the embedding, or that of a slowly moving copy. */
  TARGET0,
  TARGET1,
  /** Decoder's output, shape (B, d1). */
  RECONSTRUCTION0,
  RECONSTRUCTION1
}
