package dev.sluice;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The file of {@code --report}. */
final class ReportFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final OutputFile file;

  /**
   * @throws dev.sluice.config.BadInputException when nothing could be written there, said now
   *     rather than after the run
   */
  ReportFile(Path path) {
    file = new OutputFile("--report", path);
  }

  /**
   * Replaces the file by this content as JSON.
   *
   * @throws IOException with one line that names the file
   */
  void write(Map<String, Object> content) throws IOException {
    String text = JSON.writeValueAsString(content) + "\n";
    file.write(out -> out.write(text));
  }
}
