package dev.sluice;

import dev.sluice.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives every run a name of its own, readable on a chart and good as a folder's. */
final class RunNames {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Path dataDirectory;
  private final Set<String> given = new HashSet<>();

  RunNames(Path dataDirectory) {
    this.dataDirectory = dataDirectory;
  }

  /** PRESET-AUGMENT-sSEED-TIME, with a number behind it where that is taken. */
  String name(Settings<?> settings, Instant start) {
    Map<String, String> texts = settings.texts();
    String augment = texts.containsKey("augment") ? "-" + texts.get("augment") : "";
    String stem =
        settings.preset().name()
            + augment
            + "-s"
            + texts.getOrDefault("seed", "0")
            + "-"
            + TIME.format(start);
    String name = stem;
    for (int i = 2; !given.add(name) || Files.exists(dataDirectory.resolve(name)); i++) {
      name = stem + "-" + i;
    }
    return name;
  }
}
