package dev.sluice.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A YAML file of settings: {@code key: value} at the top, or in sections named {@code common} or by
 * a recipe. Values are taken as they are written: {@code off} is the text off.
 *
 * @param place name for messages
 * @param top settings outside any section
 * @param sections settings by section
 */
record SettingsFile(
    String place, Map<String, String> top, Map<String, Map<String, String>> sections) {

  /** The section for the settings that recipes share. */
  static final String COMMON = "common";

  /** Nobody writes a megabyte of settings; whoever gives one gave the wrong file. */
  private static final long LARGEST = 1 << 20;

  static SettingsFile read(Path file) {
    String place = BadInputException.echo(file.toString());
    try {
      if (Files.isDirectory(file)) {
        throw new BadInputException("--config " + place + ": is a folder, not a YAML file");
      }
      if (Files.size(file) > LARGEST) {
        throw new BadInputException(
            "--config " + place + ": larger than 1 MiB, so hardly a YAML file of settings");
      }
      return parse(place, Files.readString(file));
    } catch (NoSuchFileException missing) {
      throw new BadInputException("--config " + place + ": no such file", missing);
    } catch (CharacterCodingException binary) {
      throw new BadInputException("--config " + place + ": is not text in UTF-8", binary);
    } catch (IOException unreadable) {
      throw new BadInputException("--config " + place + ": cannot be read", unreadable);
    }
  }

  static SettingsFile parse(String place, String yaml) {
    SettingsFile file = new SettingsFile(place, new LinkedHashMap<>(), new LinkedHashMap<>());
    YAMLFactory factory =
        YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = factory.createParser(yaml)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return file;
      }
      if (first != JsonToken.START_OBJECT) {
        throw file.refuse(parser, "must hold lines of the form key: value");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          file.sections.put(name, file.section(parser));
        } else {
          file.top.put(name, file.scalar(parser, name));
        }
      }
      return file;
    } catch (JsonProcessingException malformed) {
      String reason = String.valueOf(malformed.getOriginalMessage()).lines().findFirst().orElse("");
      throw new BadInputException(
          place + line(malformed) + ": is not YAML: " + BadInputException.echo(reason), malformed);
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading a string failed", impossible);
    }
  }

  private Map<String, String> section(JsonParser parser) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      values.put(name, scalar(parser, name));
    }
    return values;
  }

  private String scalar(JsonParser parser, String name) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isScalarValue() || parser.getText().isEmpty()) {
      throw refuse(parser, BadInputException.echo(name) + " must have one value, key: value");
    }
    return parser.getText();
  }

  private BadInputException refuse(JsonParser parser, String reason) {
    return new BadInputException(
        place + ":" + parser.currentTokenLocation().getLineNr() + ": " + reason);
  }

  private static String line(JsonProcessingException malformed) {
    return malformed.getLocation() == null ? "" : ":" + malformed.getLocation().getLineNr();
  }
}
