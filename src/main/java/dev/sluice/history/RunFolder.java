package dev.sluice.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.event.RunInfo;
import dev.sluice.event.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one run, {@code runs/<id>/} in the data directory: {@code run.json}, what was fixed
 * from the start, and {@code history.db}, every step since; while its steps are delivered, also
 * {@link RunLock}'s {@code run.lock}.
 */
public final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST_STEM = 100;

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes the folder of a new run. Its name, the run's id, is the stem and the time in UTC, for
   * example {@code wen-li-lottery-small-mask-s0-20261122t080000}, with a number behind it when
   * there is one of that name already. It has only lower-case letters, digits, points, hyphens and
   * underscores, so that it may stand in a path, a URL and a label.
   *
   * @param dataDirectory made when it is not there
   * @param stem what the run is, for people; what may not stand in an id becomes a hyphen
   * @throws IOException with one line that names the folder, when it cannot be made or written to
   */
  public static RunFolder create(Path dataDirectory, String stem, long startMillis)
      throws IOException {
    Path runs = dataDirectory.resolve("runs");
    try {
      Files.createDirectories(runs);
    } catch (IOException e) {
      throw new IOException("cannot make the folder for runs " + runs + ": " + why(e), e);
    }
    String name = safe(stem) + "-" + TIME.format(Instant.ofEpochMilli(startMillis));
    name = name.toLowerCase(Locale.ROOT);
    Path path = runs.resolve(name);
    for (int copy = 2; !isNew(path); copy++) {
      path = runs.resolve(name + "-" + copy);
    }
    return new RunFolder(path);
  }

  /** Makes the folder; false where it exists, so that two processes never share one. */
  private static boolean isNew(Path path) throws IOException {
    try {
      Files.createDirectory(path);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (IOException e) {
      throw new IOException("cannot make the run's folder " + path + ": " + why(e), e);
    }
  }

  /** The folder of a run that exists already. */
  public static RunFolder open(Path path) throws IOException {
    if (!Files.isRegularFile(path.resolve("run.json"))) {
      throw new IOException("no run in " + path + ": it holds no run.json");
    }
    return new RunFolder(path);
  }

  static String safe(String stem) {
    String safe =
        stem.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-")
            // neither a hidden file nor an option nor a way out of the folder
            .replaceAll("^[._-]+", "");
    if (safe.isEmpty()) {
      return "run";
    }
    return safe.substring(0, Math.min(safe.length(), LONGEST_STEM));
  }

  private static String why(IOException e) {
    return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
  }

  /** The run's id, unique in its data directory. */
  public String id() {
    Path name = path.getFileName();
    if (name == null) {
      throw new IllegalStateException("a run's folder has a name: " + path);
    }
    return name.toString();
  }

  public Path path() {
    return path;
  }

  /** Takes away the folder of a run that never began, as far as that goes. */
  public void discard() {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (IOException stays) {
      LOG.debug("run folder {} stays", path, stays);
    }
  }

  /** The step log. */
  public Path database() {
    return path.resolve("history.db");
  }

  /**
   * Writes run.json: all of it or nothing, and on disk when this returns.
   *
   * @param versions of what the run was made with, by name
   */
  public void describe(RunInfo info, Map<String, String> versions, Machine machine)
      throws IOException {
    if (!info.run().equals(id())) {
      throw new IllegalArgumentException("run " + info.run() + " does not live in " + path);
    }
    write(path.resolve("run.json"), JSON.writeValueAsBytes(description(info, versions, machine)));
  }

  private static ObjectNode description(
      RunInfo info, Map<String, String> versions, Machine machine) {
    ObjectNode json = JSON.createObjectNode();
    json.put("run", info.run());
    json.put("recipe", info.recipe());
    json.put("preset", info.preset());
    json.put("seed", info.seed());
    json.put("horizon", info.horizon());
    json.put("lastStep", info.lastStep());
    json.put("loss", info.loss());
    json.put("source", info.source());
    json.put("groundTruth", info.groundTruth());
    json.put("tileSide", info.tileSide());
    json.put("backend", info.backend());
    json.put("startMillis", info.startMillis());
    json.put("start", Instant.ofEpochMilli(info.startMillis()).toString());
    ObjectNode settings = json.putObject("settings");
    info.settings().forEach(settings::put);
    ObjectNode knobs = json.putObject("knobs");
    info.knobs().asMap().forEach((knob, value) -> knobs.put(knob.key(), value));
    ObjectNode cadences = json.putObject("cadences");
    info.cadences().forEach(cadences::put);
    ObjectNode versionsNode = json.putObject("versions");
    versions.forEach(versionsNode::put);
    json.set("machine", JSON.valueToTree(machine));
    var series = json.putArray("series");
    for (Series one : info.layout().series()) {
      series.add(one.key());
    }
    return json;
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(draft, content);
    sync(draft, StandardOpenOption.WRITE);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path folder = file.getParent();
    if (folder != null) {
      sync(folder, StandardOpenOption.READ);
    }
  }

  private static void sync(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    } catch (IOException e) {
      if (!Files.isDirectory(path)) {
        throw e;
      }
      // some systems do not open folders; the rename is then as durable as they make it
    }
  }

  /** run.json as it stands on disk. */
  public ObjectNode description() {
    try {
      return (ObjectNode) JSON.readTree(path.resolve("run.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path.resolve("run.json"), e);
    }
  }
}
