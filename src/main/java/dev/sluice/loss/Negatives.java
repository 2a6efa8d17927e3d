package dev.sluice.loss;

/** What a sample is contrasted with. */
public enum Negatives {
  /** The second views of the other samples of the batch. */
  BATCH,
  /** Fresh samples without augmentation, shared by the batch. */
  RAW,
  /** Nothing: the loss has no lower bound. */
  NONE
}
