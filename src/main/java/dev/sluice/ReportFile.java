package dev.sluice;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sluice.config.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Where {@code --report} goes: whole or not at all. */
final class ReportFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path path;

  /**
   * @throws BadInputException when nothing could be written there, said now rather than after the
   *     run
   */
  ReportFile(Path path) {
    this.path = path;
    String given = "--report " + BadInputException.echo(path.toString());
    if (Files.isDirectory(path)) {
      throw new BadInputException(given + ": is a folder; give the name of a file");
    }
    Path folder = folder();
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(given + ": there is no folder " + folder);
    }
    if (!Files.isWritable(Files.exists(path) ? path : folder)) {
      throw new BadInputException(given + ": may not be written");
    }
  }

  private Path folder() {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  /**
   * Replaces the file by this content as JSON.
   *
   * @throws IOException with one line that names the file
   */
  void write(Map<String, Object> content) throws IOException {
    try {
      replace(content);
    } catch (IOException unwritable) {
      throw new IOException(
          "--report " + path + ": could not be written: " + unwritable, unwritable);
    }
  }

  private void replace(Map<String, Object> content) throws IOException {
    String text = JSON.writeValueAsString(content) + "\n";
    if (Files.exists(path) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      // a pipe, a device, a link: there is nothing to put in its place
      Files.writeString(path, text);
      return;
    }
    Path draft = folder().resolve("." + path.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.writeString(draft, text);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
