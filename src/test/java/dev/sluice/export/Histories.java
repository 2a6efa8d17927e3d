package dev.sluice.export;

import dev.sluice.event.MetricSpec;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.StepReport;
import dev.sluice.history.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/** Small histories with four series, two of which are delivered by default. */
final class Histories {
  static final long START = 1_700_000_000_000L;

  static final ReportLayout LAYOUT =
      new ReportLayout(
          List.of(
              MetricSpec.gauge("made_up", "1", "help", "test").with(),
              MetricSpec.gauge("loss", "1", "help", "test", List.of("part")).with("total"),
              MetricSpec.gauge("learning_rate", "1", "help", "test").with(),
              MetricSpec.gauge("seldom", "1", "help", "test", List.of("kind")).with("a")));

  static final String LOSS = "sluice_loss_per_step{part=\"total\",run=\"%s\"}";
  static final String RATE = "sluice_learning_rate_per_step{run=\"%s\"}";

  private Histories() {}

  /** A step's loss: any number, the same for the same step. */
  static double loss(long step) {
    return Math.sin(step) * 1e-3;
  }

  static StepReport report(String run, long step, long timeMillis, double loss) {
    double seldom = step % 10 == 0 ? step : StepReport.ABSENT;
    return new StepReport(
        run, step, timeMillis, LAYOUT, new double[] {-step, loss, 0.1 / (step + 1), seldom});
  }

  /** The folder of a run with a history that still takes steps. */
  static RunLog open(Path dataDirectory, String run) throws IOException {
    Path folder = dataDirectory.resolve("runs").resolve(run);
    Files.createDirectories(folder);
    return RunLog.open(folder.resolve("history.db"), LAYOUT, 10_000);
  }

  static Path database(Path dataDirectory, String run) {
    return dataDirectory.resolve("runs").resolve(run).resolve("history.db");
  }

  /** A history of so many steps, a millisecond apart, closed. */
  static Path write(Path dataDirectory, String run, int steps) throws IOException {
    return write(dataDirectory, run, steps, step -> START + step, Histories::loss);
  }

  static Path write(
      Path dataDirectory,
      String run,
      int steps,
      LongUnaryOperator timeMillis,
      LongToDoubleFunction loss)
      throws IOException {
    try (RunLog log = open(dataDirectory, run)) {
      for (long step = 0; step < steps; step++) {
        log.append(report(run, step, timeMillis.applyAsLong(step), loss.applyAsDouble(step)));
      }
    }
    return database(dataDirectory, run);
  }
}
