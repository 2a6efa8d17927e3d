package dev.sluice.metrics;

import dev.sluice.event.MetricSpec;
import dev.sluice.metrics.Catalogue.Entry;
import dev.sluice.metrics.Catalogue.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes docs/metrics.md from the catalogue. */
final class MetricsDocument {
  private final Catalogue catalogue;
  private final StringBuilder text = new StringBuilder();

  MetricsDocument(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The whole document. */
  String write() {
    text.append(
        """
        # Metrics

        Every metric Sluice exports, from the same declarations that export it. This page is generated: a test
        (`MetricsDocumentTest`) fails when it and the catalogue differ, and

            mvn -q test -Dtest=MetricsDocumentTest -Dsluice.write=true

        writes it anew. Scrape `/metrics` (text or OpenMetrics); `/api/catalogue` gives the same list as JSON.

        - Base units, `_total` for counters, `_info` for configuration (always 1), one 0/1 series per state.
        - A gauge shows the last finite value that was measured. NaN and infinite values are never exported as such; they are
          counted in `sluice_nonfinite_values_total` (`tensor="report"`: among what the run reported).
        - A metric that a run cannot measure (no known dictionary, no images) or has not measured yet is absent, never 0.
        - A name that ends in `_estimate` is an estimate: `pair_correlation_estimate` of what `pair_correlation` measures exactly
          but more seldom; every other one (ground truth: false) stands in for a truth that is not known on real data, and
          [stand-ins.md](stand-ins.md) says how far each lies from it where it is.
        - A run's series disappear some minutes after its end.
        - A scrape sees one step in many: counters and the histogram hold every step, the step log keeps them all, and
          remote write delivers them all.

        """);
    section(
        "From step reports",
        "Measured by the trainer, its probes, the pipeline or the collapse detectors.",
        Origin.REPORT);
    section("Kept per run", "What the process knows about a run beside its reports.", Origin.RUN);
    section(
        "Every step",
        "One sample a step with the step's own timestamp, when the run is started with `--remote-write`; `sluice export"
            + " --format openmetrics` writes the same. Never scraped.",
        Origin.STEP);
    section(
        "The process",
        "Beside these, Micrometer and Vert.x export `jvm_*`, `process_*` and" + " `vertx_*`.",
        Origin.PROCESS);
    text.append("## Where the quantities of the experiments are\n\n");
    quantities(
        "Known dictionary: the quantities of the experiment after Wen and Li (2021).",
        PaperQuantities.knownDictionary());
    quantities("Photographs.", PaperQuantities.photographs());
    return text.toString().stripTrailing() + "\n";
  }

  private void section(String title, String intro, Origin origin) {
    text.append("## ").append(title).append("\n\n").append(intro).append("\n\n");
    row("metric", "type", "unit", "labels", "what it is", "source");
    row("---", "---", "---", "---", "---", "---");
    catalogue.entries().stream()
        .filter(entry -> entry.origin() == origin)
        .sorted(java.util.Comparator.comparing(entry -> entry.spec().name()))
        .forEach(this::metric);
    text.append('\n');
  }

  private void metric(Entry entry) {
    MetricSpec spec = entry.spec();
    List<String> labels = new ArrayList<>();
    if (entry.origin() != Origin.PROCESS) {
      labels.add("run");
    }
    labels.addAll(spec.labelNames());
    row(
        "`" + spec.fullName() + "`",
        spec.type().name().toLowerCase(Locale.ROOT),
        spec.unit(),
        String.join(", ", labels),
        spec.help(),
        spec.source());
  }

  private void quantities(String title, Map<String, String> map) {
    text.append(title).append("\n\n");
    row("quantity", "series (beside `run`)");
    row("---", "---");
    map.forEach((quantity, series) -> row(quantity, "`" + series + "`"));
    text.append('\n');
  }

  private void row(String... cells) {
    for (String cell : cells) {
      text.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    text.append("|\n");
  }
}
