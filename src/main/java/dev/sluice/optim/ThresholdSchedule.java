package dev.sluice.optim;

import dev.sluice.compute.State;
import dev.sluice.compute.Stateful;

/**
 * The thresholds b of the soft-threshold neurons, which are not trained but follow the norms of the
 * weights in stages:
 *
 * <ol>
 *   <li>Until update {@code stageOne}: b = 0, the network is linear.
 *   <li>At that update b = start |w|; from then on b = max(b (1 + rate), b |w'| / |w|), the lottery
 *       stage, with b at most cap |w'| in the capped form.
 * </ol>
 *
 * Source: Wen and Li 2021 in the form of their follow-ups. The cap is this project's: without it
 * every neuron dies within some 150 steps at laptop scale, because there is no gap between long
 * enough and too long; it stands in for the end of the second stage.
 */
public final class ThresholdSchedule implements Stateful {

  /** How thresholds go on after the first stage. */
  public enum Growth {
    /** Grow, but stay at or under cap times the norm. */
    CAPPED,
    /** Grow without a limit: kills every neuron (a fire drill). */
    UNCAPPED,
    /** b = beta(t) |w|, beta on a line from start to end over {@code ramp} steps (a fire drill). */
    RATIO,
    /** b = 0 for ever. */
    OFF
  }

  /**
   * @param growth how thresholds go on after the first stage
   * @param stageOne T1, updates with b = 0
   * @param start beta0, threshold over norm at T1
   * @param rate growth an update, eta(0) / d in the theory
   * @param end threshold over norm at the end of the ramp, read with {@link Growth#RATIO} only
   * @param ramp in updates, read with {@link Growth#RATIO} only
   */
  public record Settings(
      Growth growth, long stageOne, double start, double rate, double end, long ramp) {}

  private final Settings settings;
  private final double[] thresholds;
  private final double[] norms;
  private long updates;

  public ThresholdSchedule(Settings settings, int neurons) {
    this.settings = settings;
    thresholds = new double[neurons];
    norms = new double[neurons];
  }

  /** 1 while thresholds are 0, 2 from the update that sets them; 0 where there is no schedule. */
  public int stage() {
    if (settings.growth() == Growth.OFF) {
      return 0;
    }
    return updates < settings.stageOne() ? 1 : 2;
  }

  /** b, length m; this schedule's own array. */
  public double[] thresholds() {
    return thresholds;
  }

  /**
   * After an update of the weights.
   *
   * @param newNorms |w| of every row, length m
   * @param cap beta1
   */
  public void advance(double[] newNorms, double cap) {
    updates++;
    if (settings.growth() != Growth.OFF && updates >= settings.stageOne()) {
      for (int i = 0; i < thresholds.length; i++) {
        thresholds[i] = next(i, newNorms[i], cap);
      }
    }
    System.arraycopy(newNorms, 0, norms, 0, norms.length);
  }

  private double next(int i, double norm, double cap) {
    if (settings.growth() == Growth.RATIO) {
      double progress = Math.min(1.0, (double) (updates - settings.stageOne()) / settings.ramp());
      return (settings.start() + (settings.end() - settings.start()) * progress) * norm;
    }
    double grown =
        updates == settings.stageOne()
            ? settings.start() * norm
            : Math.max(thresholds[i] * (1 + settings.rate()), followed(i, norm));
    return settings.growth() == Growth.CAPPED ? Math.min(grown, cap * norm) : grown;
  }

  /** b |w'| / |w|; a row of norm 0 has no ratio and keeps its threshold. */
  private double followed(int i, double norm) {
    return norms[i] > 0 ? thresholds[i] * norm / norms[i] : thresholds[i];
  }

  @Override
  public void save(String path, State state) {
    state.putCounts(path + ".updates", updates);
    state.put(path + ".thresholds", thresholds);
    state.put(path + ".norms", norms);
  }

  @Override
  public void load(String path, State state) {
    updates = state.getCounts(path + ".updates", 1)[0];
    System.arraycopy(
        state.get(path + ".thresholds", thresholds.length), 0, thresholds, 0, thresholds.length);
    System.arraycopy(state.get(path + ".norms", norms.length), 0, norms, 0, norms.length);
  }
}
