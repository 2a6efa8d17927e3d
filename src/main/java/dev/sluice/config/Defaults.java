package dev.sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The one commented file of all defaults. */
public final class Defaults {

  /** Its name among the resources. */
  public static final String RESOURCE = "reference.yaml";

  private Defaults() {}

  /** The file's text. */
  public static String text() {
    try (InputStream stream = Defaults.class.getResourceAsStream("/" + RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the program");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", unreadable);
    }
  }
}
