package dev.sluice.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** One of the test vectors of the companion systems: float64 inputs with what must come of them. */
public record CompanionVector(String name, JsonNode root) {
  private static final String FOLDER = "/vectors/companions/";

  /** The vector of this name. */
  public static CompanionVector named(String name) {
    return new CompanionVector(name, read(name));
  }

  /** Every name of the index. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    read("index").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static JsonNode read(String name) {
    try (InputStream stream = CompanionVector.class.getResourceAsStream(FOLDER + name + ".json")) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no vector " + name);
      }
      return new ObjectMapper().readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The node at a path of keys and indices with slashes, for example {@code W/0}. */
  public JsonNode at(String path) {
    JsonNode node = root.at("/" + path);
    if (node.isMissingNode()) {
      throw new IllegalArgumentException(name + " has no " + path);
    }
    return node;
  }

  public double number(String path) {
    return at(path).asDouble();
  }

  /** All numbers under a path, in order, however deeply nested: row-major. */
  public double[] values(String path) {
    List<Double> flat = new ArrayList<>();
    flatten(at(path), flat);
    return flat.stream().mapToDouble(Double::doubleValue).toArray();
  }

  public int[] labels(String path) {
    double[] values = values(path);
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) values[i];
    }
    return labels;
  }

  /** Length of the array at a path. */
  public int length(String path) {
    return at(path).size();
  }

  @Override
  public String toString() {
    return name;
  }

  private static void flatten(JsonNode node, List<Double> into) {
    if (node.isArray()) {
      node.forEach(child -> flatten(child, into));
    } else {
      into.add(node.asDouble());
    }
  }
}
