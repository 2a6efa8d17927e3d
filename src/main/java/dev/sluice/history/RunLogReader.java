package dev.sluice.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Reads a run's step log, also while it is being written and without holding its writer up: on a
 * connection of its own that can only read. Any thread, one at a time.
 */
public final class RunLogReader implements AutoCloseable {
  private static final int BUSY_MILLIS = 2000;
  private static final String FIRST =
      "SELECT coalesce(min(step), -1) FROM steps WHERE step BETWEEN ? AND ?";
  private static final String LAST =
      "SELECT coalesce(max(step), -1) FROM steps WHERE step BETWEEN ? AND ?";
  private static final String TIME_AFTER =
      "SELECT coalesce((SELECT time_ms FROM steps WHERE step BETWEEN ? AND ? ORDER BY step LIMIT 1),"
          + " -1)";

  private final Path file;
  private final @Nullable Object identity;
  private final Connection connection;
  private final List<String> keys;

  private RunLogReader(Path file, Connection connection) throws SQLException {
    this.file = file;
    identity = LogDatabase.identityOrNull(file);
    this.connection = connection;
    keys = List.copyOf(LogDatabase.series(connection));
  }

  /**
   * Opens a log.
   *
   * @throws IOException with one line that names the file, when there is no log in it
   */
  public static RunLogReader open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("no history in " + file);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    Connection connection = null;
    try {
      connection = config.createConnection("jdbc:sqlite:" + file);
      return new RunLogReader(file, connection);
    } catch (SQLException e) {
      close(connection, e);
      throw new IOException("cannot read the history " + file + ": " + e.getMessage(), e);
    }
  }

  private static void close(@Nullable Connection connection, SQLException cause) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Whether the file that is open is still the one of that name; else it was taken away. */
  public boolean isInPlace() {
    return Objects.equals(identity, LogDatabase.identityOrNull(file));
  }

  /** The series by slot, as {@link dev.sluice.event.Series#key()} writes them. */
  public List<String> keys() {
    return keys;
  }

  /** The last step that is on disk, or -1. */
  public synchronized long lastStep() {
    return edge(LAST, 0, Long.MAX_VALUE);
  }

  private long edge(String query, long fromStep, long toStep) {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setLong(1, fromStep);
      select.setLong(2, toStep);
      try (ResultSet row = select.executeQuery()) {
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Receives the rows of a scan. */
  @FunctionalInterface
  public interface RowVisitor {

    /**
     * One step.
     *
     * @param values its slots; the array is used again for the next row
     */
    void row(long step, long timestampMillis, double[] values);
  }

  /** Every row of a range of steps, both ends included, ascending. */
  public synchronized void scan(long fromStep, long toStep, RowVisitor visitor) {
    read(fromStep, toStep, Integer.MAX_VALUE, visitor);
  }

  /** The first rows from a step on, ascending. */
  public synchronized void scanFrom(long fromStep, int rows, RowVisitor visitor) {
    read(fromStep, Long.MAX_VALUE, rows, visitor);
  }

  private void read(long fromStep, long toStep, int limit, RowVisitor visitor) {
    double[] values = new double[keys.size()];
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT step, time_ms, slots FROM steps WHERE step BETWEEN ? AND ? ORDER BY step"
                + " LIMIT ?")) {
      select.setLong(1, fromStep);
      select.setLong(2, toStep);
      select.setInt(3, limit);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          byte[] slots = rows.getBytes(3);
          if (slots.length != values.length * Double.BYTES) {
            throw new SQLException(
                "step "
                    + rows.getLong(1)
                    + " has "
                    + slots.length
                    + " bytes, expected "
                    + values.length * Double.BYTES);
          }
          ByteBuffer.wrap(slots).asDoubleBuffer().get(values);
          visitor.row(rows.getLong(1), rows.getLong(2), values);
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** When the first step after a given one ended, milliseconds since the epoch, or -1. */
  public synchronized long timeAfter(long step) {
    return edge(TIME_AFTER, step + 1, Long.MAX_VALUE);
  }

  /**
   * The curves of a range of steps, both ends included.
   *
   * @param maxBuckets how many points a curve may have, 1 or more
   */
  public synchronized Curves curves(long fromStep, long toStep, int maxBuckets) {
    if (maxBuckets < 1) {
      throw new IllegalArgumentException("curves need at least one bucket: " + maxBuckets);
    }
    // only what is there, so that an open range does not thin it out
    long first = edge(FIRST, fromStep, toStep);
    long last = edge(LAST, fromStep, toStep);
    if (first < 0) {
      return new Curves.Builder(keys, 0, -1, 1).build(events(fromStep, toStep));
    }
    Curves.Builder curves = new Curves.Builder(keys, first, last, maxBuckets);
    scan(first, last, curves::add);
    return curves.build(events(fromStep, toStep));
  }

  /** What happened in a range of steps, both ends included, in the order it was written. */
  public synchronized List<LoggedEvent> events(long fromStep, long toStep) {
    List<LoggedEvent> events = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT step, time_ms, label, text, json FROM events WHERE step BETWEEN ? AND ?"
                + " ORDER BY id")) {
      select.setLong(1, fromStep);
      select.setLong(2, toStep);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          events.add(
              new LoggedEvent(
                  rows.getLong(1),
                  rows.getLong(2),
                  rows.getString(3),
                  rows.getString(4),
                  EventJson.read(rows.getString(5))));
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    return events;
  }

  private UncheckedIOException failed(SQLException e) {
    return new UncheckedIOException(
        new IOException("cannot read the history " + file + ": " + e.getMessage(), e));
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
