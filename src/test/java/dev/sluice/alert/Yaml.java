package dev.sluice.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads YAML files. What stands for an anchor comes as the anchor's name. */
final class Yaml {
  private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());

  private Yaml() {}

  static JsonNode read(String text) throws IOException {
    return MAPPER.readTree(text);
  }

  static JsonNode read(Path file) throws IOException {
    return read(Files.readString(file));
  }

  /** The files of a folder that end in .yml, by name. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
  }
}
