package dev.sluice.recipe;

import dev.sluice.augment.PairBatch;
import dev.sluice.augment.PairSource;
import dev.sluice.augment.Views;
import dev.sluice.collapse.CollapseMonitor;
import dev.sluice.collapse.CollapseSeries;
import dev.sluice.compute.Backend;
import dev.sluice.event.KnobValues;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * A run without the stream around it: every step's report through the detectors, and the closing
 * evaluation.
 */
public final class TrainedRun implements AutoCloseable {
  private static final int CLOSING_SAMPLES = 1024;

  private final Backend backend;
  private final Experiment experiment;
  private final ReportLayout layout;
  private final CollapseMonitor monitor;
  private final PairSource pairs;
  private final PairBatch batch;
  private final List<RunEvent> events = new ArrayList<>();
  private final List<StepReport> reports = new ArrayList<>();

  public TrainedRun(Backend backend, Experiment experiment) {
    this.backend = backend;
    this.experiment = experiment;
    List<Series> series =
        Stream.concat(experiment.trainer().series().stream(), CollapseSeries.all().stream())
            .toList();
    layout = new ReportLayout(series);
    monitor = new CollapseMonitor(layout, experiment.limits());
    pairs = experiment.pairs().create();
    batch = new PairBatch(backend, experiment.shape());
  }

  /** Trains on to {@code steps} steps with the knobs of the start. */
  public TrainedRun to(long steps) {
    return to(steps, step -> experiment.knobs());
  }

  /** Trains on to {@code steps} steps with the knobs in force for each. */
  public TrainedRun to(long steps, LongFunction<KnobValues> knobs) {
    for (long step = experiment.trainer().nextStep(); step < steps; step++) {
      KnobValues inForce = knobs.apply(step);
      Views views = experiment.views().at(inForce);
      pairs.fill(step, views, batch);
      double[] values = layout.emptyValues();
      experiment.trainer().step(batch, inForce, values);
      reports.add(monitor.accept(new StepReport("test", step, step, layout, values), events));
    }
    return this;
  }

  /** A series of the closing evaluation, by its key. */
  public double closing(String key) {
    return value(closing(), key);
  }

  /** A series of a closing evaluation on so many samples, by its key. */
  public double closing(int samples, String key) {
    return value(closing(samples), key);
  }

  /** The closing evaluation of every series. */
  public StepReport closing() {
    return closing(CLOSING_SAMPLES);
  }

  private StepReport closing(int samples) {
    double[] values = layout.emptyValues();
    experiment.trainer().evaluate(samples, experiment.knobs(), values);
    long step = experiment.trainer().nextStep();
    return new StepReport("test", step, step, layout, values);
  }

  /** A series of a step, by its key. */
  public double at(long step, String key) {
    return value(reports.get((int) step), key);
  }

  public static double value(StepReport report, String key) {
    int slot = report.layout().slot(key);
    if (slot < 0) {
      throw new AssertionError("the run has no series " + key);
    }
    return report.value(slot);
  }

  public List<RunEvent> events() {
    return events;
  }

  public List<StepReport> reports() {
    return reports;
  }

  public Experiment experiment() {
    return experiment;
  }

  @Override
  public void close() {
    batch.close();
    experiment.trainer().close();
    backend.close();
  }
}
