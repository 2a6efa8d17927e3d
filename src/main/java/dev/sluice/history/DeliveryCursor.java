package dev.sluice.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * How far a run's steps have reached one receiver outside. It stands in the run's own history file,
 * beside the steps that wait, so that it outlives the process. One thread at a time.
 *
 * <p>It writes on a connection of its own beside the log's writer, one short row at a time and
 * without waiting for the disk: a cursor that a power cut sets back only makes steps go out twice,
 * with the times and values they had.
 */
public final class DeliveryCursor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryCursor.class);

  /** The last step delivered before there was any. */
  private static final long NONE = -1;

  private static final int BUSY_MILLIS = 2000;

  private final Path file;
  private final String target;
  private final Connection connection;
  private long step;
  private boolean finished;

  private DeliveryCursor(Path file, String target, Connection connection) throws SQLException {
    this.file = file;
    this.target = target;
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS cursors(target TEXT PRIMARY KEY, step INTEGER NOT NULL,"
              + " finished INTEGER NOT NULL)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR IGNORE INTO cursors VALUES (?, ?, 0)")) {
      insert.setString(1, target);
      insert.setLong(2, NONE);
      insert.executeUpdate();
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT step, finished FROM cursors WHERE target = ?")) {
      select.setString(1, target);
      try (ResultSet row = select.executeQuery()) {
        step = row.getLong(1);
        finished = row.getBoolean(2);
      }
    }
  }

  /**
   * Opens a run's cursor for a receiver, or begins it.
   *
   * @param file of the run's history, which exists
   * @param target names the receiver
   * @throws IOException with one line that names the file, when it cannot be written
   */
  public static DeliveryCursor open(Path file, String target) throws IOException {
    SQLiteConfig config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    Connection connection = null;
    try {
      connection = connect(config, file);
      try (Statement statement = connection.createStatement()) {
        // what costs time with the disk is left to the log's writer
        statement.execute("PRAGMA wal_autocheckpoint = 0");
      }
      return new DeliveryCursor(file, target, connection);
    } catch (SQLException e) {
      if (connection != null) {
        closeQuietly(connection, e);
      }
      throw new IOException("cannot keep a cursor in " + file + ": " + e.getMessage(), e);
    }
  }

  /** Whether a history waits for a receiver: it was begun with it and has not been finished. */
  public static boolean isWaiting(Path file, String target) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    SQLiteConfig config = config();
    config.setReadOnly(true);
    try (Connection connection = connect(config, file)) {
      return hasTable(connection) && isUnfinished(connection, target);
    } catch (SQLException unreadable) {
      LOG.warn("cannot look for a cursor in {}: {}", file, unreadable.getMessage());
      return false;
    }
  }

  private static boolean hasTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'cursors'")) {
      return row.next();
    }
  }

  private static boolean isUnfinished(Connection connection, String target) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT finished FROM cursors WHERE target = ?")) {
      select.setString(1, target);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && !row.getBoolean(1);
      }
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    return config;
  }

  private static Connection connect(SQLiteConfig config, Path file) throws SQLException {
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static void closeQuietly(Connection connection, SQLException cause) {
    try {
      connection.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** The last step that was delivered, or -1. */
  public long step() {
    return step;
  }

  /** Whether nothing more will be delivered. */
  public boolean isFinished() {
    return finished;
  }

  /**
   * Everything up to a step has been delivered.
   *
   * @throws UncheckedIOException when that cannot be written; it counts nevertheless, until the
   *     process ends
   */
  public void advance(long deliveredStep) {
    step = deliveredStep;
    write();
  }

  /** Everything has been delivered, and the receiver knows that no more will come. */
  public void finish() {
    finished = true;
    write();
  }

  private void write() {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE cursors SET step = ?, finished = ? WHERE target = ?")) {
      update.setLong(1, step);
      update.setBoolean(2, finished);
      update.setString(3, target);
      update.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(SQLException e) {
    return new UncheckedIOException(
        new IOException("cannot keep a cursor in " + file + ": " + e.getMessage(), e));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
