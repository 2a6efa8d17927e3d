package dev.sluice.verticle;

import dev.sluice.compute.Backend;
import dev.sluice.event.RunInfo;
import dev.sluice.recipe.Experiment;
import java.util.ArrayList;
import java.util.List;

/**
 * A run to start. {@link RunSupervisor#start} takes over the experiment's trainer and the history
 * and closes them at the end; the backend stays the caller's.
 *
 * @param info what is fixed about it; its run id must not be in use
 * @param experiment what it is made of
 * @param backend where its batches live
 * @param detectors its collapse detectors
 * @param history where its reports and events are kept
 * @param journal where a knob change is committed before it takes effect
 * @param watchers who else sees its reports and events
 * @param stream how its stream is laid out
 */
public record RunRequest(
    RunInfo info,
    Experiment experiment,
    Backend backend,
    ReportFilter detectors,
    ReportSink history,
    EventJournal journal,
    List<RunWatcher> watchers,
    StreamSettings stream) {

  public RunRequest {
    watchers = List.copyOf(watchers);
  }

  /** A run without detectors, history and watchers, in the default layout. */
  public static RunRequest of(RunInfo info, Experiment experiment, Backend backend) {
    StreamSettings stream = StreamSettings.DEFAULT;
    return new RunRequest(
        info,
        experiment,
        backend,
        ReportFilter.NONE,
        new NoHistory(stream.historyWindow()),
        event -> {},
        List.of(),
        stream);
  }

  public RunRequest withDetectors(ReportFilter filter) {
    return new RunRequest(info, experiment, backend, filter, history, journal, watchers, stream);
  }

  public RunRequest withHistory(ReportSink sink, EventJournal commits) {
    return new RunRequest(info, experiment, backend, detectors, sink, commits, watchers, stream);
  }

  /** The same with one watcher more. */
  public RunRequest withWatcher(RunWatcher watcher) {
    List<RunWatcher> more = new ArrayList<>(watchers);
    more.add(watcher);
    return new RunRequest(info, experiment, backend, detectors, history, journal, more, stream);
  }

  public RunRequest withStream(StreamSettings settings) {
    ReportSink sink =
        history instanceof NoHistory ? new NoHistory(settings.historyWindow()) : history;
    return new RunRequest(info, experiment, backend, detectors, sink, journal, watchers, settings);
  }
}
