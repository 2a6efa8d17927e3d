package dev.sluice.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * One vector file. A learner file holds {@code settings}, {@code input} and {@code expect}; any
 * other file holds pieces, each an object with its own input and expectation. Matrices are
 * row-major.
 */
public final class WenLiVector {
  /** Every expectation of a learner file that belongs to the learner, loss and update. */
  public static final Set<String> LEARNER_EXPECTATIONS =
      Set.of("f_x1", "f_x2", "loss", "contrast_prob", "grad_W", "W_next");

  /** Every expectation of a learner file that belongs to the probes: groups of named numbers. */
  public static final Set<String> PROBE_EXPECTATIONS = Set.of("weight_metrics", "batch_metrics");

  private static final Set<String> LEARNER_FILE =
      Set.of("name", "note", "settings", "input", "expect");

  private final String name;
  private final JsonNode root;

  WenLiVector(String name, JsonNode root) {
    this.name = name;
    this.root = root;
    if (isLearner()) {
      requireOnly(root, LEARNER_FILE);
      TreeSet<String> known = new TreeSet<>(LEARNER_EXPECTATIONS);
      known.addAll(PROBE_EXPECTATIONS);
      // how well the file's own maker met central differences; nothing of ours to hold against it
      known.add("finite_difference_error");
      requireOnly(root.path("expect"), known);
    }
  }

  /** Whether the file holds one learner with a batch; otherwise it holds pieces. */
  public boolean isLearner() {
    return root.has("input");
  }

  public JsonNode root() {
    return root;
  }

  public JsonNode expect() {
    return required(root, "expect");
  }

  public double setting(String key) {
    return required(required(root, "settings"), key).asDouble();
  }

  public String textSetting(String key) {
    return required(required(root, "settings"), key).asText();
  }

  public boolean hasInput(String key) {
    return root.path("input").has(key);
  }

  /** A matrix or vector of the input, row-major: M, W, b, z, xi, A1, A2 or XN. */
  public double[] input(String key) {
    return values(inputNode(key));
  }

  public int inputRows(String key) {
    return inputNode(key).size();
  }

  /** n. */
  public int samples() {
    return inputRows("z");
  }

  /** d. */
  public int features() {
    return inputNode("M").get(0).size();
  }

  /** d1. */
  public int inputs() {
    return inputRows("M");
  }

  /** m. */
  public int neurons() {
    return inputRows("W");
  }

  /** M z, n x d1. */
  public double[] signal() {
    double[] dictionary = input("M");
    double[] latents = input("z");
    double[] signal = new double[samples() * inputs()];
    for (int p = 0; p < samples(); p++) {
      for (int i = 0; i < inputs(); i++) {
        for (int j = 0; j < features(); j++) {
          signal[p * inputs() + i] += dictionary[i * features() + j] * latents[p * features() + j];
        }
      }
    }
    return signal;
  }

  /** x = M z + xi, n x d1. */
  public double[] anchors() {
    double[] anchors = signal();
    double[] noise = input("xi");
    for (int i = 0; i < anchors.length; i++) {
      anchors[i] += noise[i];
    }
    return anchors;
  }

  /** {@code values} as the first view (A1) or the second (A2) shows them. */
  public double[] masked(String mask, double[] values) {
    double[] factors = input(mask);
    double[] masked = values.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] *= factors[i];
    }
    return masked;
  }

  /** A number, vector or matrix, row-major. */
  public static double[] values(JsonNode node) {
    if (!node.isArray()) {
      return new double[] {node.asDouble()};
    }
    double[][] rows = new double[node.size()][];
    int length = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[i] = values(node.get(i));
      length += rows[i].length;
    }
    double[] all = new double[length];
    int at = 0;
    for (double[] row : rows) {
      System.arraycopy(row, 0, all, at, row.length);
      at += row.length;
    }
    return all;
  }

  /** Fails on a key that nobody tests, so that no expectation is passed over in silence. */
  public static void requireOnly(JsonNode object, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw new AssertionError(
                    "no test knows the key " + key + ", known are " + new TreeSet<>(known));
              }
            });
  }

  public static JsonNode required(JsonNode object, String key) {
    JsonNode value = object.get(key);
    if (value == null) {
      throw new AssertionError("the vector lacks " + key);
    }
    return value;
  }

  private JsonNode inputNode(String key) {
    return required(required(root, "input"), key);
  }

  /** The name of its file. */
  @Override
  public String toString() {
    return name;
  }
}
