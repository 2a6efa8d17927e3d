package dev.sluice.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.sluice.event.StepReport;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * One JSON object a step: {@code step}, {@code timestamp_ms} and {@code values} by series. A series
 * that was not measured is left out; JSON has no NaN, so that {@code "NaN"}, {@code "Infinity"} and
 * {@code "-Infinity"} are texts.
 */
final class NdjsonText {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final RunExport export;
  private final Writer out;

  NdjsonText(RunExport export, Writer out) {
    this.export = export;
    this.out = out;
  }

  void write() throws IOException {
    List<Column> columns = export.columns();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.setRootValueSeparator(null);
      export.forEach(
          (step, time, values) -> {
            json.writeStartObject();
            json.writeNumberField("step", step);
            json.writeNumberField("timestamp_ms", time);
            json.writeObjectFieldStart("values");
            for (Column column : columns) {
              double value = values[column.slot()];
              if (!StepReport.isAbsent(value)) {
                json.writeNumberField(column.key(), value);
              }
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
          });
    }
  }
}
