package dev.sluice.export;

import dev.sluice.event.StepReport;
import dev.sluice.metrics.PerStepSeries;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The exposition format OpenMetrics, one sample a timestamp, under the names that remote write
 * uses. The format wants all samples of a series in one piece, while the history has all series of
 * a step in one; so the history is read several times, for a few metrics at a time.
 *
 * <p>Source: the OpenMetrics specification 1.0, text format.
 */
final class OpenMetricsText {
  /** Most values gathered at once, 24 bytes each. A single metric may need more. */
  private static final int ROOM = 2_000_000;

  private final RunExport export;
  private final Writer out;

  OpenMetricsText(RunExport export, Writer out) {
    this.export = export;
    this.out = out;
  }

  void write() throws IOException {
    Map<String, List<Column>> metrics = new LinkedHashMap<>();
    for (Column column : export.columns()) {
      metrics.computeIfAbsent(column.name(), name -> new ArrayList<>()).add(column);
    }
    int rows = Math.toIntExact(export.stepCount());
    List<List<Column>> group = new ArrayList<>();
    int columns = 0;
    for (List<Column> metric : metrics.values()) {
      if (columns > 0 && (long) (columns + metric.size()) * rows > ROOM) {
        write(group, rows);
        group.clear();
        columns = 0;
      }
      group.add(metric);
      columns += metric.size();
    }
    write(group, rows);
    out.write("# EOF\n");
  }

  private void write(List<List<Column>> metrics, int rows) throws IOException {
    int[] slots = metrics.stream().flatMap(List::stream).mapToInt(Column::slot).toArray();
    Samples samples = new Samples(slots, Math.max(1, rows));
    export.forEach(samples::add);
    boolean thinned = samples.isThinned(0, samples.size());
    int first = 0;
    for (List<Column> metric : metrics) {
      String name = metric.get(0).name();
      write(name, metric, first, samples, samples::last, 1);
      if (thinned) {
        write(PerStepSeries.min(name), metric, first, samples, samples::min, 2);
        write(PerStepSeries.max(name), metric, first, samples, samples::max, 2);
      }
      first += metric.size();
    }
  }

  /** What is written of a sample. */
  private interface Value {
    double of(int column, int sample);
  }

  /**
   * @param leastSteps samples of fewer steps are left out
   */
  private void write(
      String name, List<Column> metric, int first, Samples samples, Value value, int leastSteps)
      throws IOException {
    out.write("# TYPE " + name + " gauge\n");
    for (int column = 0; column < metric.size(); column++) {
      String series = name + labels(metric.get(column).labels()) + ' ';
      for (int sample = 0; sample < samples.size(); sample++) {
        double one = value.of(first + column, sample);
        if (samples.steps(sample) >= leastSteps && !StepReport.isAbsent(one)) {
          out.write(series + text(one) + ' ' + seconds(samples.timestampMillis(sample)) + '\n');
        }
      }
    }
  }

  private static String labels(Map<String, String> labels) {
    StringJoiner text = new StringJoiner(",", "{", "}");
    labels.forEach((name, value) -> text.add(name + "=\"" + escaped(value) + "\""));
    return text.toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String text(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
  }

  private static String seconds(long millis) {
    // a format string would take most of the time
    String fraction = Long.toString(1000 + millis % 1000);
    return millis / 1000 + "." + fraction.substring(1);
  }
}
