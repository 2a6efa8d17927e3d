package dev.sluice;

import dev.sluice.config.BadInputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that an option names: it is replaced as a whole, or not at all. */
final class OutputFile {
  private final String option;
  private final Path path;

  /**
   * @param option that named it, for messages
   * @throws BadInputException when nothing could be written there, said now rather than after the
   *     work
   */
  OutputFile(String option, Path path) {
    this.option = option;
    this.path = path;
    String given = option + " " + BadInputException.echo(path.toString());
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

  /** Writes the content. */
  interface Content {
    void to(Writer out) throws IOException;
  }

  /**
   * Replaces the file by this content.
   *
   * @throws IOException with one line that names the file
   */
  void write(Content content) throws IOException {
    try {
      replace(content);
    } catch (IOException unwritable) {
      throw new IOException(
          option + " " + path + ": could not be written: " + unwritable, unwritable);
    }
  }

  private void replace(Content content) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      // a pipe, a device, a link: there is nothing to put in its place
      write(path, content);
      return;
    }
    Path draft = folder().resolve("." + path.getFileName() + "." + ProcessHandle.current().pid());
    try {
      write(draft, content);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void write(Path file, Content content) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      content.to(out);
    }
  }
}
