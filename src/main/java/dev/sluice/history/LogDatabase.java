package dev.sluice.history;

import dev.sluice.event.ReportLayout;
import dev.sluice.event.RunEvent;
import dev.sluice.event.Series;
import dev.sluice.event.StepReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * The step log's file, open for writing. One thread at a time.
 *
 * <p>SQLite in WAL mode, so that readers never hold the writer up, with full synchronisation, so
 * that what is committed survives a power cut. A row of {@code steps} holds the slots as float64,
 * big-endian, in the order of the table {@code series}; every bit survives, so that NaN and what
 * was not measured stay apart.
 */
final class LogDatabase implements AutoCloseable {
  private static final int BUSY_MILLIS = 200;

  private final Path file;
  private final @Nullable Object identity;
  private final Connection connection;
  private final PreparedStatement insertStep;
  private final PreparedStatement insertEvent;
  private final ByteBuffer slots;

  private LogDatabase(Path file, ReportLayout layout, Connection connection)
      throws SQLException, IOException {
    this.file = file;
    this.connection = connection;
    connection.setAutoCommit(false);
    createTables(connection);
    matchSeries(connection, file, layout);
    connection.commit();
    identity = identity(file);
    // a step that is made again keeps the row and the time it had
    insertStep =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO steps(step, time_ms, slots) VALUES (?, ?, ?)");
    insertEvent =
        connection.prepareStatement(
            "INSERT INTO events(step, time_ms, label, text, json) VALUES (?, ?, ?, ?, ?)");
    slots = ByteBuffer.allocate(layout.size() * Double.BYTES);
  }

  /**
   * Opens the log or makes it.
   *
   * @throws SQLException when it cannot be written, or is no log of this layout
   */
  static LogDatabase open(Path file, ReportLayout layout) throws SQLException, IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try {
      return new LogDatabase(file, layout, connection);
    } catch (SQLException | IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void createTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS series(slot INTEGER PRIMARY KEY, key TEXT NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS steps(step INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL,"
              + " slots BLOB NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS events(id INTEGER PRIMARY KEY AUTOINCREMENT,"
              + " step INTEGER NOT NULL, time_ms INTEGER NOT NULL, label TEXT NOT NULL,"
              + " text TEXT NOT NULL, json TEXT NOT NULL)");
    }
  }

  /** Writes which series stands in which slot, or compares with what stands there. */
  private static void matchSeries(Connection connection, Path file, ReportLayout layout)
      throws SQLException {
    List<String> wanted = layout.series().stream().map(Series::key).toList();
    List<String> present = series(connection);
    if (present.isEmpty()) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO series(slot, key) VALUES (?, ?)")) {
        for (int slot = 0; slot < wanted.size(); slot++) {
          insert.setInt(1, slot);
          insert.setString(2, wanted.get(slot));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      return;
    }
    if (!present.equals(wanted)) {
      throw new SQLException(
          file
              + " holds "
              + present.size()
              + " series, the run has "
              + wanted.size()
              + ", or they differ: a log is continued only with the same series in the same order");
    }
  }

  static List<String> series(Connection connection) throws SQLException {
    List<String> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT key FROM series ORDER BY slot")) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return keys;
  }

  private static @Nullable Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** What tells a file from another of the same name; nothing where there is no file. */
  static @Nullable Object identityOrNull(Path file) {
    try {
      return identity(file);
    } catch (IOException gone) {
      return null;
    }
  }

  /** The last step on disk, or -1. */
  long lastStep() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(step), -1) FROM steps")) {
      return row.getLong(1);
    } finally {
      connection.commit();
    }
  }

  /**
   * Commits all entries or none.
   *
   * @return how many steps were new
   */
  int commit(List<Entry> entries) throws SQLException {
    try {
      int steps = 0;
      for (Entry entry : entries) {
        if (entry instanceof Entry.Step step) {
          steps += insert(step.report());
        } else if (entry instanceof Entry.Happening happening) {
          insert(happening.event());
        }
      }
      connection.commit();
      return steps;
    } catch (SQLException e) {
      rollBack(e);
      throw e;
    }
  }

  private int insert(StepReport report) throws SQLException {
    slots.asDoubleBuffer().put(report.copyOfValues());
    insertStep.setLong(1, report.step());
    insertStep.setLong(2, report.timestampMillis());
    insertStep.setBytes(3, slots.array());
    return insertStep.executeUpdate();
  }

  private void insert(RunEvent event) throws SQLException {
    insertEvent.setLong(1, event.step());
    insertEvent.setLong(2, event.timestampMillis());
    insertEvent.setString(3, event.label());
    insertEvent.setString(4, event.text());
    insertEvent.setString(5, EventJson.write(event));
    insertEvent.executeUpdate();
  }

  private void rollBack(SQLException cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Whether the open file is still the one that others find under its name. One that was deleted
   * takes writes without a complaint.
   */
  boolean isInPlace() {
    try {
      return Objects.equals(identity, identity(file));
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * Puts a copy of everything committed back where the file was taken away from. What another put
   * there in the meantime is left alone.
   */
  void restore() throws SQLException, IOException {
    if (Files.exists(file)) {
      throw new IOException(file + " was replaced by something else");
    }
    Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    Path draft = file.resolveSibling(file.getFileName() + ".restored");
    Files.deleteIfExists(draft);
    connection.unwrap(SQLiteConnection.class).getDatabase().backup("main", draft.toString(), null);
    // leftovers of the file that is gone must not be taken for this one's
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
    Files.move(draft, file);
  }

  @Override
  public void close() throws SQLException {
    insertStep.close();
    insertEvent.close();
    connection.close();
  }
}
