package dev.sluice.verticle;

/**
 * How a run's stream is laid out.
 *
 * @param credits batches that may be asked for ahead, in [1, 64]; 2 to 4 keep a trainer fed
 * @param producers threads that fill batches, in [1, 64]
 * @param historyWindow steps that the trainer may be ahead of the last one committed, 1 or more
 * @param snapshotPeriod steps between two snapshots at least, 1 or more
 * @param snapshotMillis wall time between two snapshots at least
 * @param closingSamples samples of the closing evaluation
 */
public record StreamSettings(
    int credits,
    int producers,
    int historyWindow,
    int snapshotPeriod,
    long snapshotMillis,
    int closingSamples) {

  /** 3 credits, 1 producer, a window of 4,096 steps, a snapshot every 50 steps but 3 a second. */
  public static final StreamSettings DEFAULT = new StreamSettings(3, 1, 4096, 50, 333, 1024);

  private static final int MOST = 64;

  public StreamSettings {
    require("credits", credits, MOST);
    require("producers", producers, MOST);
    require("history window", historyWindow, Integer.MAX_VALUE);
    require("snapshot period", snapshotPeriod, Integer.MAX_VALUE);
    require("closing samples", closingSamples, Integer.MAX_VALUE);
    if (snapshotMillis < 0) {
      throw new IllegalArgumentException("snapshot millis must not be negative: " + snapshotMillis);
    }
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be in [1, " + most + "]: " + value);
    }
  }

  public StreamSettings withCredits(int value) {
    return new StreamSettings(
        value, producers, historyWindow, snapshotPeriod, snapshotMillis, closingSamples);
  }

  public StreamSettings withProducers(int value) {
    return new StreamSettings(
        credits, value, historyWindow, snapshotPeriod, snapshotMillis, closingSamples);
  }

  public StreamSettings withHistoryWindow(int value) {
    return new StreamSettings(
        credits, producers, value, snapshotPeriod, snapshotMillis, closingSamples);
  }
}
