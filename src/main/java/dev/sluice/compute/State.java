package dev.sluice.compute;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Named arrays: what a run's next step depends on beside its settings and seed. Float32 values fit
 * without loss. Names are paths with dots, for example {@code encoder.0.weight}.
 */
public final class State {
  private final Map<String, double[]> values = new LinkedHashMap<>();

  /** Keeps a copy of {@code array} under a name that is not taken. */
  public void put(String name, double... array) {
    if (values.putIfAbsent(name, array.clone()) != null) {
      throw new IllegalArgumentException("state has two arrays " + name);
    }
  }

  /** Keeps whole numbers, exact up to 2^53. */
  public void putCounts(String name, long... counts) {
    double[] array = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      array[i] = (double) counts[i];
    }
    put(name, array);
  }

  /** The whole numbers that {@link #putCounts} kept. */
  public long[] getCounts(String name, int length) {
    double[] array = get(name, length);
    long[] counts = new long[length];
    for (int i = 0; i < length; i++) {
      counts[i] = (long) array[i];
    }
    return counts;
  }

  /** Keeps the entries of a matrix, row-major. */
  public void put(String name, Backend backend, Matrix matrix) {
    put(name, backend.download(matrix));
  }

  /**
   * The array under a name.
   *
   * @throws IllegalArgumentException when there is none, or not one of that length
   */
  public double[] get(String name, int length) {
    double[] array = values.get(name);
    if (array == null) {
      throw new IllegalArgumentException("state lacks " + name + "; it has " + values.keySet());
    }
    if (array.length != length) {
      throw new IllegalArgumentException(
          "state has " + array.length + " values of " + name + ", wanted are " + length);
    }
    return array.clone();
  }

  /** The one number under a name. */
  public double get(String name) {
    return get(name, 1)[0];
  }

  /** Fills a matrix from {@link #put(String, Backend, Matrix)}. */
  public void get(String name, Backend backend, Matrix matrix) {
    backend.upload(get(name, matrix.rows() * matrix.columns()), matrix);
  }

  public Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  /** Number of values under every name: states of the same settings agree in it. */
  public Map<String, Integer> lengths() {
    Map<String, Integer> lengths = new LinkedHashMap<>();
    values.forEach((name, array) -> lengths.put(name, array.length));
    return lengths;
  }
}
