package dev.sluice.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.StepReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

final class CollapsePropertyTest {

  /** Means and deviations over seeds of the masked reference at its closing step. */
  private static final Map<String, double[]> HEALTHY =
      Map.of(
          WatchedRun.LOSS, new double[] {4.216, 0.159},
          WatchedRun.STD, new double[] {0.969, 0.004},
          WatchedRun.NORM, new double[] {1.3, 0.1},
          WatchedRun.ZERO, new double[] {0.035, 0.012},
          WatchedRun.WEIGHT, new double[] {2.392, 0.021},
          WatchedRun.RANK, new double[] {37.631, 0.185},
          WatchedRun.LEAK, new double[] {0.047, 0.008},
          WatchedRun.COVERAGE, new double[] {0.943, 0.046},
          WatchedRun.SELECTIVITY, new double[] {0.763, 0.039},
          WatchedRun.COS_SPARSE, new double[] {0.715, 0.028});

  @Property(tries = 20, seed = "20261122")
  void healthyNoiseRaisesNothing(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    WatchedRun run = new WatchedRun();
    for (int step = 0; step < 2000; step++) {
      HEALTHY.forEach((key, band) -> run.set(key, band[0] + band[1] * random.nextGaussian()));
      run.feed(Map.of());
    }
    assertThat(run.said()).isEmpty();
  }

  @Property(tries = 20, seed = "20261122")
  void shockOfTheThresholdsRaisesNothing(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    WatchedRun run = new WatchedRun();
    for (int step = 0; step < 1000; step++) {
      double share = Math.min(1, Math.max(0, step - 250) / 750.0);
      run.set(WatchedRun.LOSS, 5.361 - share * 0.77 + 0.06 * random.nextGaussian());
      run.set(WatchedRun.NORM, step < 250 ? 2.4 : 0.5 + share * 0.7);
      run.set(WatchedRun.LEAK, 0.072 + 0.008 * random.nextGaussian());
      run.set(WatchedRun.COVERAGE, share * 0.755);
      run.set(WatchedRun.SELECTIVITY, 0.246 + share * 0.355);
      run.feed(Map.of());
    }
    assertThat(run.said()).isEmpty();
  }

  @Property(tries = 30, seed = "20261122")
  void sameReportsSayTheSame(@ForAll long seed) {
    List<String> first = wildRun(seed).said();
    assertThat(wildRun(seed).said()).isEqualTo(first);
  }

  /** Whatever the inputs do, active never changes without an event, and scores stay in range. */
  @Property(tries = 30, seed = "20261122")
  void slotsAndEventsAgree(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    WatchedRun run = new WatchedRun();
    Map<String, Double> activeBefore = new LinkedHashMap<>();
    for (int step = 0; step < 600; step++) {
      int events = run.events.size();
      perturb(run, random);
      run.feed(Map.of());
      for (var kind : run.monitor.kinds()) {
        double active = run.active(kind.label());
        double score = run.score(kind.label());
        assertThat(StepReport.isAbsent(score) || (score >= 0 && score <= Rule.WORST)).isTrue();
        assertThat(active).isLessThanOrEqualTo(run.warning(kind.label()));
        if (activeBefore.getOrDefault(kind.label(), 0.0) != active) {
          assertThat(run.events.size()).isGreaterThan(events);
        }
        activeBefore.put(kind.label(), active);
      }
    }
  }

  @Property(seed = "20261122")
  void scoresGrowWithTheFall(
      @ForAll @DoubleRange(min = 0.0, max = 1.0) double a,
      @ForAll @DoubleRange(min = 0.0, max = 1.0) double b) {
    Map<String, Double> better = scores(Math.max(a, b));
    scores(Math.min(a, b))
        .forEach((kind, score) -> assertThat(score).isGreaterThanOrEqualTo(better.get(kind)));
  }

  private static Map<String, Double> scores(double health) {
    WatchedRun run = new WatchedRun().through(299);
    run.feed(
        Map.of(
            WatchedRun.STD, health,
            WatchedRun.RANK, 40 * health,
            WatchedRun.WEIGHT, 2.4 * health,
            WatchedRun.DEAD, 40 * (1 - health),
            WatchedRun.ALIVE, 40 * health));
    return Map.of(
        "complete", run.score("complete"),
        "dimensional", run.score("dimensional"),
        "no_learning", run.score("no_learning"),
        "neuron", run.score("neuron"));
  }

  private static WatchedRun wildRun(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    WatchedRun run = new WatchedRun();
    for (int step = 0; step < 700; step++) {
      perturb(run, random);
      if (random.nextInt(200) == 0) {
        run.monitor.knobMoved(step + random.nextInt(5));
      }
      run.feed(Map.of());
    }
    return run;
  }

  /** Moves a few levels far, in stretches, so that episodes begin and end. */
  private static void perturb(WatchedRun run, SplittableRandom random) {
    if (random.nextInt(10) != 0) {
      return;
    }
    run.set(WatchedRun.STD, random.nextDouble());
    run.set(WatchedRun.NORM, 2 * random.nextDouble());
    run.set(WatchedRun.ZERO, random.nextDouble());
    run.set(WatchedRun.RANK, 40 * random.nextDouble());
    run.set(WatchedRun.LEAK, random.nextDouble());
    run.set(WatchedRun.LOSS, 5 + 0.6 * random.nextDouble());
    if (random.nextInt(200) == 0) {
      run.set(WatchedRun.LOSS, Double.NaN);
    }
  }
}
