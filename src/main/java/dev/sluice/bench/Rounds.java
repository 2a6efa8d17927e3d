package dev.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times two workloads in turns, a b a b, so that whatever else the machine does falls on both.
 *
 * <p>Each is warmed up first, for as long as two rounds and at least a second, so that the JIT is
 * done with it. A round is as many steps as fill its time, the same number in every round.
 */
final class Rounds {
  private static final double WARM_UP_SECONDS = 1;

  private final int rounds;
  private final double seconds;
  private final LongSupplier nanos;

  Rounds(int rounds, double seconds, LongSupplier nanos) {
    this.rounds = rounds;
    this.seconds = seconds;
    this.nanos = nanos;
  }

  /** Milliseconds a step of both, round by round. */
  record Times(List<Double> first, List<Double> second) {
    double medianOfFirst() {
      return median(first);
    }

    double medianOfSecond() {
      return median(second);
    }

    /** Median over the rounds of first over second: each round's two were taken side by side. */
    double medianRatio() {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < first.size(); i++) {
        ratios.add(first.get(i) / second.get(i));
      }
      return median(ratios);
    }
  }

  Times alternate(Workload first, Workload second) {
    int firstSteps = warmUp(first);
    int secondSteps = warmUp(second);
    List<Double> firstTimes = new ArrayList<>();
    List<Double> secondTimes = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      firstTimes.add(time(first, firstSteps));
      secondTimes.add(time(second, secondSteps));
    }
    first.check();
    second.check();
    return new Times(firstTimes, secondTimes);
  }

  /** Median milliseconds a step of one workload. */
  double alone(Workload workload) {
    int steps = warmUp(workload);
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      times.add(time(workload, steps));
    }
    workload.check();
    return median(times);
  }

  /** Steps that fill a round. */
  private int warmUp(Workload workload) {
    double limit = Math.max(WARM_UP_SECONDS, 2 * seconds);
    workload.step();
    int steps = 1;
    long begin = nanos.getAsLong();
    double elapsed;
    do {
      workload.step();
      steps++;
      elapsed = 1e-9 * (nanos.getAsLong() - begin);
    } while (elapsed < limit);
    double recent = time(workload, Math.max(1, (int) (0.1 * steps * seconds / limit)));
    return Math.max(2, (int) Math.round(1e3 * seconds / recent));
  }

  private double time(Workload workload, int steps) {
    long begin = nanos.getAsLong();
    for (int i = 0; i < steps; i++) {
      workload.step();
    }
    return 1e-6 * (nanos.getAsLong() - begin) / steps;
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    if (sorted.size() % 2 == 1) {
      return sorted.get(middle);
    }
    return (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
