package dev.sluice.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A part of a YAML file, with what it is made of. */
public record Yaml(Object value) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A file, with its anchors and merges resolved. */
  public static Yaml of(Path file) throws IOException {
    return of(Files.readString(file));
  }

  /** The text of a file, with its anchors and merges resolved. */
  public static Yaml of(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    // unit tests of rules refer to one expectation many times
    options.setMaxAliasesForCollections(1_000);
    return new Yaml(new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(text));
  }

  /** The files of a folder that end in .yml, by name. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
  }

  /** The same as a tree. */
  public JsonNode tree() {
    return MAPPER.valueToTree(value);
  }

  /** The part under these keys, one in the other; of nothing when there is none. */
  Yaml at(String... keys) {
    Object part = value;
    for (String key : keys) {
      part = part instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return new Yaml(part);
  }

  boolean isAbsent() {
    return value == null;
  }

  String text() {
    return String.valueOf(value);
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> map() {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  List<Yaml> list() {
    return value == null ? List.of() : ((List<?>) value).stream().map(Yaml::new).toList();
  }

  List<String> texts() {
    return list().stream().map(Yaml::text).toList();
  }
}
