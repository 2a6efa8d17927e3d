package dev.sluice.event;

import java.util.List;

/**
 * Where a reference run's series went: mean and standard deviation over seeds at some steps, to be
 * drawn behind a curve.
 *
 * @param key the series as {@link Series#key()} writes it
 * @param steps ascending
 * @param mean as long as {@code steps}
 * @param deviation as long as {@code steps}
 */
public record ReferenceBand(
    String key, List<Long> steps, List<Double> mean, List<Double> deviation) {

  public ReferenceBand {
    steps = List.copyOf(steps);
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }
}
