package dev.sluice;

import dev.sluice.bench.PipelineRate;
import dev.sluice.bench.Size;
import dev.sluice.collapse.CollapseSeries;
import dev.sluice.compute.Backend;
import dev.sluice.compute.CpuBackend;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.RunState;
import dev.sluice.event.StepReport;
import dev.sluice.history.RunFolder;
import dev.sluice.history.RunLog;
import dev.sluice.loss.Negatives;
import dev.sluice.metrics.PipelineSeries;
import dev.sluice.metrics.RunMetrics;
import dev.sluice.optim.ThresholdSchedule.Growth;
import dev.sluice.recipe.Experiment;
import dev.sluice.recipe.LearnerSettings;
import dev.sluice.recipe.WenLi;
import dev.sluice.recipe.WenLiSettings;
import dev.sluice.verticle.RunRequest;
import dev.sluice.verticle.RunSupervisor;
import dev.sluice.verticle.RunWatcher;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A run as any other, for the benchmark: pairs from a stream of their own, every probe at its
 * default budget, detectors, metrics and history on the bus; unpaced, without the page.
 */
final class BenchPipeline implements PipelineRate {

  /** Measured in whole ones, so that each holds its share of the probes that are seldom taken. */
  private static final int PERIOD = 50;

  private static final long SEED = 1;

  @Override
  public double measure(Size size, double seconds) {
    Vertx vertx = Vertx.vertx();
    Path data = temporaryFolder();
    try (Backend backend = new CpuBackend()) {
      Experiment experiment = new WenLi().open(settings(size), backend, System::nanoTime);
      RunInfo info = info(size, backend, experiment);
      RunMetrics metrics =
          new RunMetrics(new PrometheusRegistry(), InstantSource.system(), Duration.ofMinutes(1));
      Stopwatch stopwatch = new Stopwatch(seconds);
      RunLog log = openLog(data, info);
      RunSupervisor supervisor = new RunSupervisor(vertx);
      await(
          supervisor.start(
              RunRequest.of(info, experiment, backend)
                  .withDetectors(new Detectors(info, experiment))
                  .withHistory(new HistoryLog(info.run(), log, metrics), log::appendNow)
                  .withWatcher(new MetricsWatch(metrics))
                  .withWatcher(stopwatch)));
      double rate = stopwatch.rate.join();
      await(supervisor.close());
      return rate;
    } finally {
      await(vertx.close());
      delete(data);
    }
  }

  private static RunLog openLog(Path data, RunInfo info) {
    try {
      RunFolder folder = RunFolder.create(data, "bench", info.startMillis());
      return RunLog.open(folder.database(), info.layout(), Session.LOG_CAPACITY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("sluice-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WenLiSettings settings(Size size) {
    return new WenLiSettings(
        new LearnerSettings(
            size.neurons(),
            0.02,
            1,
            Negatives.BATCH,
            size.pairs(),
            0.1,
            0.1,
            0.001,
            0,
            1_000_000,
            250,
            0.4,
            0.1 / size.features(),
            Growth.CAPPED,
            0.5,
            1.5,
            500,
            LearnerSettings.Augment.MASK,
            0,
            0.5,
            SEED,
            0,
            0,
            0.08),
        size.features(),
        size.inputs(),
        2.5,
        0.06,
        WenLiSettings.Frequencies.EQUAL);
  }

  private static RunInfo info(Size size, Backend backend, Experiment experiment) {
    return new RunInfo(
        "bench-" + size,
        "wen-li",
        "bench",
        SEED,
        experiment.horizon(),
        -1,
        experiment.groundTruth(),
        backend.name(),
        Map.of(),
        experiment.trainer().cadences(),
        PipelineSeries.layout(experiment.trainer().series(), CollapseSeries.all()),
        experiment.knobs(),
        experiment.tileSide(),
        List.of(),
        experiment.loss(),
        experiment.source(),
        System.currentTimeMillis());
  }

  private static <T> void await(Future<T> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }

  /** Times the run from outside, by the reports it publishes, after as long again to get warm. */
  private static final class Stopwatch implements RunWatcher {
    private final CompletableFuture<Double> rate = new CompletableFuture<>();
    private final double limit;
    private long born = -1;
    private long began = -1;
    private long firstStep;

    Stopwatch(double seconds) {
      limit = seconds;
    }

    @Override
    public void report(StepReport report) {
      if (report.step() % PERIOD != 0 || rate.isDone()) {
        return;
      }
      long now = System.nanoTime();
      if (born < 0) {
        born = now;
        return;
      }
      if (began < 0) {
        if (elapsed(born, now) >= Math.max(1, limit)) {
          began = now;
          firstStep = report.step();
        }
        return;
      }
      if (elapsed(began, now) >= limit) {
        rate.complete((report.step() - firstStep) / elapsed(began, now));
      }
    }

    @Override
    public void event(RunEvent event) {
      if (event instanceof RunEvent.StateChanged change && change.state() == RunState.FAILED) {
        rate.completeExceptionally(
            new IllegalStateException("the benchmark's run failed: " + change.reason()));
      }
    }

    private static double elapsed(long from, long to) {
      return 1e-9 * (to - from);
    }
  }
}
