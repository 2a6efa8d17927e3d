package dev.sluice;

import dev.sluice.config.Origin;
import dev.sluice.config.Settings;
import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.RunInfo;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import dev.sluice.history.Machine;
import dev.sluice.metrics.PipelineSeries;
import dev.sluice.verticle.RunOutcome;
import dev.sluice.verticle.StepTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code --report} tells about a run, as JSON objects. */
final class RunReport {

  private RunReport() {}

  /**
   * @param outcome null when the run did not end in time to have one
   * @param status the process will end with
   * @param reason in words
   */
  static Map<String, Object> of(
      RunInfo info,
      Settings<?> settings,
      @Nullable RunOutcome outcome,
      ExitStatus status,
      String reason) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("run", info.run());
    report.put("recipe", info.recipe());
    report.put("preset", info.preset());
    report.put("seed", info.seed());
    report.put("settings", jsonValues(settings.values()));
    report.put("setting_origins", origins(settings.origins()));
    report.put("backend", info.backend());
    report.put("probe_cadences", info.cadences());
    report.put("versions", Versions.all());
    report.put("machine", machine(Machine.here()));
    report.put("started", Instant.ofEpochMilli(info.startMillis()).toString());
    report.put("horizon", info.horizon());
    if (outcome != null) {
      report.put("wall_seconds", outcome.wallSeconds());
      report.put("steps", outcome.steps());
      report.put("step_seconds", stepSeconds(outcome.stepTimes()));
      report.put("phase_shares", phaseShares(outcome.last()));
      report.put("collapse_events", collapses(outcome.collapses()));
      report.put("disabled_probes", outcome.disabledProbes());
    }
    report.put("exit_status", status.code());
    report.put("exit_reason", reason);
    report.put("final", measured(outcome == null ? null : outcome.closing()));
    return report;
  }

  /** Numbers and truth values as they are, enums as they are written. */
  private static Map<String, Object> jsonValues(Map<String, Object> settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    settings.forEach(
        (key, value) ->
            values.put(
                key,
                value instanceof Enum<?> constant
                    ? constant.name().toLowerCase(Locale.ROOT)
                    : value));
    return values;
  }

  private static Map<String, String> origins(Map<String, Origin> origins) {
    Map<String, String> labels = new LinkedHashMap<>();
    origins.forEach((key, origin) -> labels.put(key, origin.label()));
    return labels;
  }

  private static Map<String, Object> machine(Machine machine) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cpu", machine.processor());
    facts.put("cores", machine.cores());
    facts.put("memory_bytes", machine.memoryBytes());
    facts.put("os", machine.system());
    facts.put("blas_threads", Natives.blasThreads(System.getenv()));
    return facts;
  }

  private static Map<String, Object> stepSeconds(StepTimes times) {
    Map<String, Object> quantiles = new LinkedHashMap<>();
    quantiles.put("mean", times.meanSeconds());
    quantiles.put("p50", times.quantileSeconds(0.5));
    quantiles.put("p90", times.quantileSeconds(0.9));
    quantiles.put("p99", times.quantileSeconds(0.99));
    quantiles.put("max", times.quantileSeconds(1));
    return quantiles;
  }

  /** Share of each phase in the time of all of them; batches are made beside the steps. */
  private static Map<String, Object> phaseShares(@Nullable StepReport last) {
    Map<String, Object> shares = new LinkedHashMap<>();
    if (last == null) {
      return shares;
    }
    double total = 0;
    for (String phase : PipelineSeries.PHASES) {
      total += seconds(last, phase);
    }
    for (String phase : PipelineSeries.PHASES) {
      shares.put(phase, total > 0 ? seconds(last, phase) / total : 0.0);
    }
    return shares;
  }

  private static double seconds(StepReport report, String phase) {
    int slot = report.layout().slot(PipelineSeries.PHASE_SECONDS.with(phase));
    return report.isMeasured(slot) ? report.value(slot) : 0;
  }

  private static List<Map<String, Object>> collapses(List<RunEvent.CollapseChanged> changes) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (RunEvent.CollapseChanged change : changes) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("step", change.step());
      event.put("kind", change.kind().label());
      event.put("severity", change.severity().name().toLowerCase(Locale.ROOT));
      event.put("reason", change.reason());
      events.add(event);
    }
    return events;
  }

  /** Every series that was measured, keyed as Prometheus writes it without the run label. */
  private static Map<String, Object> measured(@Nullable StepReport report) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (report == null) {
      return values;
    }
    ReportLayout layout = report.layout();
    for (int slot = 0; slot < layout.size(); slot++) {
      if (report.isMeasured(slot)) {
        Series series = layout.series().get(slot);
        values.put(series.key(), jsonNumber(report.value(slot)));
      }
    }
    return values;
  }

  /** JSON has no NaN. */
  private static Object jsonNumber(double value) {
    return Double.isFinite(value) ? (Object) value : Double.toString(value);
  }
}
