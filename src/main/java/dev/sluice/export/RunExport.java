package dev.sluice.export;

import dev.sluice.history.RunLogReader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** Some series of a run's history over some steps, to be written in one of the {@link Format}s. */
public final class RunExport {
  /**
   * Most values of one metric that OpenMetrics is written of at once: it gathers them in memory.
   */
  private static final long MOST_OPENMETRICS_VALUES = 10_000_000;

  private static final long PIECE = 4096;

  private final RunLogReader history;
  private final List<Column> columns;
  private final long fromStep;
  private final long toStep;

  private RunExport(RunLogReader history, List<Column> columns, long fromStep, long toStep) {
    this.history = history;
    this.columns = columns;
    this.fromStep = fromStep;
    this.toStep = toStep;
  }

  /** How it is written. */
  public enum Format {
    /** Text with timestamps, for {@code promtool tsdb create-blocks-from openmetrics}. */
    OPENMETRICS,
    /** A table: one line a step, one column a series. */
    CSV,
    /** One JSON object a step and line. */
    NDJSON
  }

  /**
   * An export of a run.
   *
   * @param run its id, the value of the label {@code run}
   * @param fromStep first step, from 0
   * @param toStep last step, included; may lie behind the last there is
   */
  public static RunExport of(
      RunLogReader history, String run, SeriesChoice series, long fromStep, long toStep) {
    List<Column> columns = Column.of(history.keys(), series, run);
    return new RunExport(history, columns, fromStep, Math.min(toStep, history.lastStep()));
  }

  /** How many steps the range has, 0 or more. */
  public long stepCount() {
    return Math.max(0, toStep - fromStep + 1);
  }

  /** Most steps that OpenMetrics can be written of at once, given its widest metric. */
  public long mostOpenMetricsSteps() {
    long widest =
        columns.stream()
            .collect(Collectors.groupingBy(Column::name, Collectors.counting()))
            .values()
            .stream()
            .max(Long::compare)
            .orElse(1L);
    return MOST_OPENMETRICS_VALUES / widest;
  }

  /** Writes it all; {@code out} is flushed and stays open. */
  public void write(Format format, Writer out) throws IOException {
    switch (format) {
      case OPENMETRICS -> new OpenMetricsText(this, out).write();
      case CSV -> new CsvText(this, out).write();
      case NDJSON -> new NdjsonText(this, out).write();
    }
    out.flush();
  }

  List<Column> columns() {
    return columns;
  }

  int[] slots() {
    return columns.stream().mapToInt(Column::slot).toArray();
  }

  /** Receives a row; may fail to write it. */
  interface RowWriter {
    void row(long step, long timestampMillis, double[] values) throws IOException;
  }

  /**
   * Every row of the range, a piece at a time, so that whoever trains is never held up for long.
   */
  void forEach(RowWriter writer) throws IOException {
    IOException[] failed = new IOException[1];
    long[] next = {fromStep};
    while (next[0] <= toStep && failed[0] == null) {
      long before = next[0];
      history.scan(
          before,
          Math.min(toStep, before + PIECE - 1),
          (step, time, values) -> {
            try {
              if (failed[0] == null) {
                writer.row(step, time, values);
              }
            } catch (IOException e) {
              failed[0] = e;
            }
          });
      next[0] = before + PIECE;
    }
    if (failed[0] != null) {
      throw failed[0];
    }
  }
}
