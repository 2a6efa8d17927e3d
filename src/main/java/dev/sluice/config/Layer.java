package dev.sluice.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Settings as somebody wrote them in one place, by key, as text.
 *
 * @param place the file or preset they stand in; empty where the origin says enough
 */
public record Layer(Origin origin, String place, Map<String, String> values) {

  public Layer {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The setting as it was given, for an error message. */
  String given(String key) {
    String value = values.getOrDefault(key, "");
    String written =
        switch (origin) {
          case DEFAULT, FILE -> place + ": " + key + ": " + value;
          case PRESET -> "preset " + place + ": " + key + "=" + value;
          case ENVIRONMENT -> Environment.PREFIX + key.toUpperCase(Locale.ROOT) + "=" + value;
          case SET -> "--set " + key + "=" + value;
          case FLAG -> "--" + key.replace('_', '-') + " " + value;
        };
    return BadInputException.echo(written);
  }
}
