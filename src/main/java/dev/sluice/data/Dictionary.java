package dev.sluice.data;

/**
 * The dictionary M of a source of sparse codes: inputs x features, orthonormal columns. Immutable.
 */
public final class Dictionary {
  private final int inputs;
  private final int features;
  private final double[] entries;

  /**
   * @param entries row-major, inputs x features, handed over
   */
  public Dictionary(int inputs, int features, double[] entries) {
    if (entries.length != inputs * features) {
      throw new IllegalArgumentException(
          "dictionary of "
              + inputs
              + " x "
              + features
              + " needs as many entries, given "
              + entries.length);
    }
    this.inputs = inputs;
    this.features = features;
    this.entries = entries;
  }

  public int inputs() {
    return inputs;
  }

  public int features() {
    return features;
  }

  public double entry(int input, int feature) {
    return entries[input * features + feature];
  }

  public double[] copyOfEntries() {
    return entries.clone();
  }
}
