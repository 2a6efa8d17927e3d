package dev.sluice.probe;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The model seen on the fixed evaluation batch, in float64 and row-major. Everything is computed
 * when a probe first asks and kept until {@link #refresh}. The arrays are this object's own: probes
 * read them and change nothing.
 *
 * <p>This much every system has; what else there is to see, its subclass knows.
 */
public abstract class Evaluation implements AutoCloseable {
  private final Map<String, double[]> known = new HashMap<>();
  private long viewsVersion;

  /** Forgets what was computed, because the weights have moved. */
  public void refresh() {
    known.clear();
  }

  /** Says that the views of the batch were made anew. */
  public void viewsChanged() {
    viewsVersion++;
    known.clear();
  }

  /**
   * Changes whenever the views of the batch do; what depends on inputs alone may be kept as long as
   * it stays.
   */
  public long viewsVersion() {
    return viewsVersion;
  }

  /** n. */
  public abstract int samples();

  /** m, width of the representation. */
  public abstract int neurons();

  /** Representation of un-augmented samples, or of the first views where there are none, n x m. */
  public abstract double[] responses();

  /** Representation of the first views, n x m. */
  public abstract double[] responses0();

  /** Representation of the second views, n x m. */
  public abstract double[] responses1();

  /** Whether every weight is a finite number. */
  public abstract boolean isFinite();

  @Override
  public abstract void close();

  /** What {@code compute} gave when it was first asked for under this key. */
  final double[] memo(String key, Supplier<double[]> compute) {
    double[] found = known.get(key);
    if (found != null) {
      return found;
    }
    double[] values = compute.get();
    known.put(key, values);
    return values;
  }
}
