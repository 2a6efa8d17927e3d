package dev.sluice.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A part of a YAML file, with what it is made of. */
record Yaml(Object value) {

  /** A file, with its anchors and merges resolved. */
  static Yaml of(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(
        new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(Files.readString(file)));
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
