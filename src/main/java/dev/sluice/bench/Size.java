package dev.sluice.bench;

/** The three sizes that are measured. */
public enum Size {
  S(64, 256, 128, 256),
  M(256, 1024, 512, 512),
  L(1024, 4096, 2048, 1024);

  private final int features;
  private final int inputs;
  private final int neurons;
  private final int pairs;

  Size(int features, int inputs, int neurons, int pairs) {
    this.features = features;
    this.inputs = inputs;
    this.neurons = neurons;
    this.pairs = pairs;
  }

  /** d, sparse features of the dictionary. */
  public int features() {
    return features;
  }

  /** d1, width of a sample. */
  public int inputs() {
    return inputs;
  }

  /** m, neurons. */
  public int neurons() {
    return neurons;
  }

  /** B, positive pairs a step. */
  public int pairs() {
    return pairs;
  }

  /** Floating-point operations of the five products of a step. */
  public double flops() {
    return 6.0 * pairs * inputs * neurons + 4.0 * pairs * pairs * neurons;
  }
}
