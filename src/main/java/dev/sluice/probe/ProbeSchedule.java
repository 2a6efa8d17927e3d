package dev.sluice.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each probe of a run measures: a pure function of the probes, the sizes of the run and
 * the budget, so that two runs of the same settings measure at the same steps, whatever the clock
 * says. Immutable.
 */
public final class ProbeSchedule {
  /*
   * A step probe measures at every step and is what it is. An evaluation probe starts at its base
   * period. The products of W with the evaluation batch are an item of their own: each is computed
   * once a measurement, whoever asks, so it is paid at the shortest period of the probes that read
   * it, and stretching it means stretching all of those that have this period. While the whole costs
   * more than the budget, one item is stretched to twice its period: the one with the largest share
   * times base period for each probe that it serves, of equals the first. So what is dear, seldom
   * anyway and serves one curve gives way to what all the detectors live on. Periods are base
   * periods times powers of two, so probes go on meeting at the same steps. No period grows beyond
   * 16 times its base: a run whose budget is too small for anything still gets looked at now and
   * then, and shares() says what that costs.
   */
  private static final int MAX_STRETCH = 16;

  /** The name under which {@link #shares} counts the shared products. */
  private static final String PRODUCTS = "evaluation-products";

  private final ProbeShape shape;
  private final List<EvaluationProbe<?>> evaluations = new ArrayList<>();
  private final Map<String, Integer> periods = new LinkedHashMap<>();
  private final Map<String, Double> shares = new LinkedHashMap<>();

  private ProbeSchedule(List<Probe> probes, ProbeShape shape, double budget) {
    this.shape = shape;
    for (Probe probe : probes) {
      int period = 1;
      if (probe instanceof EvaluationProbe<?> evaluation) {
        evaluations.add(evaluation);
        period = evaluation.basePeriod();
      }
      if (periods.put(probe.name(), period) != null) {
        throw new IllegalArgumentException("two probes of the name " + probe.name());
      }
    }
    weigh(probes);
    while (total() > budget && stretch()) {
      weigh(probes);
    }
  }

  /**
   * Plans for a run.
   *
   * @param budget share of a training step's flops that all probes together may cost, for example
   *     0.08
   */
  public static ProbeSchedule plan(List<Probe> probes, ProbeShape shape, double budget) {
    if (!(budget >= 0)) {
      throw new IllegalArgumentException("probe budget must be at least 0: " + budget);
    }
    return new ProbeSchedule(probes, shape, budget);
  }

  /** Steps between two measurements, by the name of the probe. */
  public Map<String, Integer> cadences() {
    return Collections.unmodifiableMap(periods);
  }

  /** Whether the probe measures at a step, from 0. */
  public boolean due(Probe probe, long step) {
    Integer period = periods.get(probe.name());
    return period != null && step % period == 0;
  }

  /**
   * What each probe costs a step, as a share of the training step's flops, and what the products
   * cost that probes share ({@code evaluation-products}).
   */
  public Map<String, Double> shares() {
    return Collections.unmodifiableMap(shares);
  }

  /** All shares together. */
  public double total() {
    double total = 0;
    for (double share : shares.values()) {
      total += share;
    }
    return total;
  }

  private void weigh(List<Probe> probes) {
    for (Probe probe : probes) {
      shares.put(probe.name(), probe.flops(shape) / period(probe) / shape.stepFlops());
    }
    double products = 0;
    for (Map.Entry<EvaluationProduct, Integer> product : productPeriods().entrySet()) {
      products += product.getKey().flops(shape) / product.getValue();
    }
    shares.put(PRODUCTS, products / shape.stepFlops());
  }

  /** The shortest period of the readers of each product. */
  private Map<EvaluationProduct, Integer> productPeriods() {
    Map<EvaluationProduct, Integer> shortest = new EnumMap<>(EvaluationProduct.class);
    for (EvaluationProbe<?> probe : evaluations) {
      for (EvaluationProduct product : probe.products()) {
        shortest.merge(product, period(probe), Math::min);
      }
    }
    return shortest;
  }

  /** Stretches the heaviest item that still can be; false when there is none. */
  private boolean stretch() {
    List<EvaluationProbe<?>> target = List.of();
    double largest = 0;
    for (EvaluationProbe<?> probe : evaluations) {
      double weight = share(probe.name()) * probe.basePeriod();
      if (weight > largest && canStretch(probe)) {
        largest = weight;
        target = List.of(probe);
      }
    }
    List<EvaluationProbe<?>> readers = mostFrequentReaders();
    if (!readers.isEmpty()
        && share(PRODUCTS) * readers.get(0).basePeriod() / readers.size() > largest) {
      target = readers;
    }
    for (EvaluationProbe<?> probe : target) {
      periods.put(probe.name(), 2 * period(probe));
    }
    return !target.isEmpty();
  }

  /** Those readers of products that have the shortest period; none where it cannot be stretched. */
  private List<EvaluationProbe<?>> mostFrequentReaders() {
    int shortest = Integer.MAX_VALUE;
    for (int period : productPeriods().values()) {
      shortest = Math.min(shortest, period);
    }
    List<EvaluationProbe<?>> readers = new ArrayList<>();
    for (EvaluationProbe<?> probe : evaluations) {
      if (!probe.products().isEmpty() && period(probe) == shortest) {
        if (!canStretch(probe)) {
          return List.of();
        }
        readers.add(probe);
      }
    }
    return readers;
  }

  private boolean canStretch(EvaluationProbe<?> probe) {
    return period(probe) < MAX_STRETCH * probe.basePeriod();
  }

  private int period(Probe probe) {
    return periods.getOrDefault(probe.name(), 1);
  }

  private double share(String name) {
    return shares.getOrDefault(name, 0.0);
  }
}
