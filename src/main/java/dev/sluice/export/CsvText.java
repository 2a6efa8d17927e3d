package dev.sluice.export;

import dev.sluice.event.StepReport;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * One line a step: its number, its time in milliseconds since the epoch, and a value a series.
 * Numbers are written so that they read back to the same bits; {@code NaN}, {@code Infinity} and
 * {@code -Infinity} were measured; an empty field was not.
 */
final class CsvText {
  private final RunExport export;
  private final Writer out;

  CsvText(RunExport export, Writer out) {
    this.export = export;
    this.out = out;
  }

  void write() throws IOException {
    List<Column> columns = export.columns();
    out.write("step,timestamp_ms");
    for (Column column : columns) {
      out.write(",\"" + column.key().replace("\"", "\"\"") + "\"");
    }
    out.write('\n');
    int[] slots = export.slots();
    export.forEach(
        (step, time, values) -> {
          StringBuilder line = new StringBuilder().append(step).append(',').append(time);
          for (int slot : slots) {
            line.append(',');
            if (!StepReport.isAbsent(values[slot])) {
              line.append(values[slot]);
            }
          }
          out.append(line.append('\n'));
        });
  }
}
