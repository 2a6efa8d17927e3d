package dev.sluice.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.event.MetricSpec;
import dev.sluice.event.Series;
import dev.sluice.event.Snapshot;
import dev.sluice.event.StepReport;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;

/** Server-sent events, written one after the other into one buffer. */
final class Frame {
  private static final int DIGITS = 6;

  /** Of counters the page takes differences. */
  private static final int COUNTER_DIGITS = 9;

  private static final int SNAPSHOT_DIGITS = 4;

  private interface Reading {
    double of(CurveBucket point, int slot);
  }

  private final StringBuilder text = new StringBuilder();

  boolean isEmpty() {
    return text.isEmpty();
  }

  Buffer toBuffer() {
    return Buffer.buffer(text.toString());
  }

  Frame comment() {
    text.append(":\n\n");
    return this;
  }

  /** An event whose data is small. */
  Frame add(String event, JsonNode data) {
    text.append("event: ").append(event).append("\ndata: ").append(RunJson.write(data));
    text.append("\n\n");
    return this;
  }

  /** Curves of a run; nothing when there are no points. */
  Frame add(String event, RunView run, List<CurveBucket> points) {
    if (points.isEmpty()) {
      return this;
    }
    text.append("event: ").append(event).append("\ndata: {\"run\":");
    text.append(RunJson.quoted(run.info().run())).append(",\"steps\":[");
    for (int i = 0; i < points.size(); i++) {
      text.append(i == 0 ? "" : ",").append(points.get(i).step());
    }
    text.append("],\"times\":[");
    for (int i = 0; i < points.size(); i++) {
      text.append(i == 0 ? "" : ",").append(points.get(i).timeMillis());
    }
    text.append("],\"series\":{");
    series(run, points);
    text.append("}}\n\n");
    return this;
  }

  Frame add(Snapshot snapshot) {
    text.append("event: snapshot\ndata: {\"run\":").append(RunJson.quoted(snapshot.run()));
    text.append(",\"step\":").append(snapshot.step());
    text.append(",\"kind\":\"").append(snapshot.kind().name().toLowerCase(Locale.ROOT));
    text.append("\",\"rows\":").append(snapshot.rows());
    text.append(",\"columns\":").append(snapshot.columns());
    text.append(",\"values\":[");
    for (int row = 0; row < snapshot.rows(); row++) {
      for (int column = 0; column < snapshot.columns(); column++) {
        text.append(row == 0 && column == 0 ? "" : ",");
        ShortNumbers.append(text, snapshot.value(row, column), SNAPSHOT_DIGITS);
      }
    }
    text.append("]}\n\n");
    return this;
  }

  private void series(RunView run, List<CurveBucket> points) {
    boolean ranges = points.stream().anyMatch(point -> point.count() > 1);
    boolean first = true;
    List<Series> all = run.info().layout().series();
    for (int slot = 0; slot < all.size(); slot++) {
      if (!isMeasured(points, slot)) {
        continue;
      }
      boolean counter = all.get(slot).metric().type() == MetricSpec.Type.COUNTER;
      int digits = counter ? COUNTER_DIGITS : DIGITS;
      text.append(first ? "" : ",").append(run.quotedKeys().get(slot));
      column(":{\"last\":", points, slot, digits, CurveBucket::last);
      if (ranges && !counter) {
        column(",\"min\":", points, slot, digits, CurveBucket::low);
        column(",\"max\":", points, slot, digits, CurveBucket::high);
      }
      text.append('}');
      first = false;
    }
  }

  private void column(
      String name, List<CurveBucket> points, int slot, int digits, Reading reading) {
    text.append(name).append('[');
    for (int i = 0; i < points.size(); i++) {
      text.append(i == 0 ? "" : ",");
      ShortNumbers.append(text, reading.of(points.get(i), slot), digits);
    }
    text.append(']');
  }

  private static boolean isMeasured(List<CurveBucket> points, int slot) {
    for (CurveBucket point : points) {
      if (!StepReport.isAbsent(point.last(slot))) {
        return true;
      }
    }
    return false;
  }
}
