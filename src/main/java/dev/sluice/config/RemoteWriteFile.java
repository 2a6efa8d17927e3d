package dev.sluice.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.export.RemoteWriteTarget;
import dev.sluice.export.SeriesChoice;
import dev.sluice.metrics.Catalogue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Reads what {@code --remote-write} is given: an address, or a YAML file whose keys are those of
 * {@code remote_write} in Prometheus' own configuration, as far as they are known here, and {@code
 * series}.
 */
public final class RemoteWriteFile {
  private static final String OPTION = "--remote-write ";
  private static final Set<String> KEYS =
      Set.of(
          "url",
          "headers",
          "basic_auth",
          "authorization",
          "tls_config",
          "remote_timeout",
          "series");

  /** Headers that the protocol sets itself, or that have a key of their own. */
  private static final Set<String> TAKEN_HEADERS =
      Set.of(
          "authorization",
          "content-encoding",
          "content-type",
          "content-length",
          "host",
          "connection",
          "expect",
          "transfer-encoding",
          "upgrade",
          "x-prometheus-remote-write-version");

  private static final Pattern DURATION = Pattern.compile("(\\d{1,5})(ms|s|m)");

  private final String place;
  private final Path folder;

  private RemoteWriteFile(String place, Path folder) {
    this.place = place;
    this.folder = folder;
  }

  /**
   * The receiver that is meant.
   *
   * @throws BadInputException with one line that says what was given and what is allowed
   */
  public static RemoteWriteTarget read(String given) {
    if (given.matches("(?i)[a-z][a-z0-9+.-]*://.*")) {
      return new RemoteWriteFile(OPTION + BadInputException.echo(withoutUser(given)), Path.of("."))
          .plain(given);
    }
    Path file = Path.of(given);
    Path parent = file.toAbsolutePath().getParent();
    String place = OPTION + BadInputException.echo(given);
    return new RemoteWriteFile(place, parent == null ? file : parent).read(file);
  }

  /** What is shown of an address that may hold a password by mistake. */
  private static String withoutUser(String address) {
    return address.replaceFirst("://.*@", "://...@").replaceFirst("\\?.*", "?...");
  }

  private RemoteWriteTarget plain(String address) {
    try {
      return RemoteWriteTarget.of(uri(address));
    } catch (IllegalArgumentException refused) {
      throw refuse(String.valueOf(refused.getMessage()));
    }
  }

  private URI uri(String address) {
    try {
      return URI.create(address.strip());
    } catch (IllegalArgumentException malformed) {
      throw refuse("url is not a URL");
    }
  }

  private RemoteWriteTarget read(Path file) {
    JsonNode root = parse(file);
    onlyKeys(root, "", KEYS);
    URI uri = uri(text(root, "url", "http://127.0.0.1:9090/api/v1/write"));
    try {
      return new RemoteWriteTarget(
          uri,
          headers(root.path("headers")),
          authorization(root),
          tls(root.path("tls_config")),
          timeout(root.path("remote_timeout")),
          series(root.path("series")));
    } catch (IllegalArgumentException refused) {
      throw refuse("url " + refused.getMessage());
    }
  }

  private JsonNode parse(Path file) {
    ObjectMapper yaml =
        new ObjectMapper(
            YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    try {
      if (Files.isDirectory(file)) {
        throw refuse("is a folder; give a URL or a YAML file");
      }
      JsonNode root = yaml.readTree(SmallFile.read(file));
      if (!root.isObject()) {
        throw refuse("must hold lines of the form key: value; keys: " + new TreeSet<>(KEYS));
      }
      return root;
    } catch (NoSuchFileException missing) {
      throw refuse("no such file, and no URL (http://... or https://...)");
    } catch (JacksonException malformed) {
      String reason = String.valueOf(malformed.getOriginalMessage()).lines().findFirst().orElse("");
      throw refuse("is not YAML: " + BadInputException.echo(reason));
    } catch (IOException unreadable) {
      throw refuse("cannot be read as text in UTF-8");
    }
  }

  private void onlyKeys(JsonNode node, String prefix, Set<String> allowed) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!allowed.contains(name)) {
                throw refuse(
                    "unknown key "
                        + BadInputException.echo(prefix + name)
                        + NearestName.hint(name, allowed)
                        + "keys: "
                        + String.join(", ", new TreeSet<>(allowed)));
              }
            });
  }

  private String text(JsonNode node, String key, String example) {
    JsonNode value = node.path(key);
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      throw refuse(key + " is missing, for example " + key + ": " + example);
    }
    return value.asText();
  }

  private Map<String, String> headers(JsonNode node) {
    Map<String, String> headers = new LinkedHashMap<>();
    object(node, "headers")
        .properties()
        .forEach(
            header -> {
              String name = header.getKey();
              if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
                  || TAKEN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw refuse("headers: " + BadInputException.echo(name) + " cannot be set");
              }
              headers.put(name, headerValue("headers: " + name, header.getValue().asText()));
            });
    return headers;
  }

  private String headerValue(String what, String value) {
    if (!value.matches("[\\x20-\\x7e]+")) {
      throw refuse(what + " must be printable ASCII, and not empty");
    }
    return value;
  }

  private JsonNode object(JsonNode node, String key) {
    if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
      throw refuse(key + " must hold lines of the form key: value");
    }
    return node;
  }

  private Supplier<Optional<String>> authorization(JsonNode root) {
    JsonNode basic = object(root.path("basic_auth"), "basic_auth");
    JsonNode bearer = object(root.path("authorization"), "authorization");
    if (basic.isObject() && bearer.isObject()) {
      throw refuse("has basic_auth and authorization; one of them is allowed");
    }
    if (basic.isObject()) {
      onlyKeys(basic, "basic_auth.", Set.of("username", "password", "password_file"));
      String user = text(basic, "username", "sluice");
      Supplier<String> password = secret(basic, "basic_auth.", "password", "password_file");
      return () -> Optional.of("Basic " + base64(user + ":" + password.get()));
    }
    if (bearer.isObject()) {
      onlyKeys(bearer, "authorization.", Set.of("type", "credentials", "credentials_file"));
      String type = headerValue("authorization.type", bearer.path("type").asText("Bearer"));
      Supplier<String> credentials =
          secret(bearer, "authorization.", "credentials", "credentials_file");
      return () -> Optional.of(type + " " + credentials.get());
    }
    return Optional::empty;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A secret that stands in the file itself or in one of its own, which is read again on demand.
   */
  private Supplier<String> secret(JsonNode node, String prefix, String inline, String inFile) {
    boolean here = node.hasNonNull(inline);
    if (here == node.hasNonNull(inFile)) {
      throw refuse(prefix + inline + " or " + prefix + inFile + " is needed, one of them");
    }
    if (here) {
      String value = headerValue(prefix + inline, node.path(inline).asText());
      return () -> value;
    }
    Path file = folder.resolve(node.path(inFile).asText());
    String[] last = {readSecret(prefix + inFile, file)};
    return () -> {
      try {
        last[0] = readSecret(prefix + inFile, file);
      } catch (BadInputException goneMeanwhile) {
        // the one at hand may still do
      }
      return last[0];
    };
  }

  private String readSecret(String what, Path file) {
    String named = what + " " + BadInputException.echo(file.toString());
    try {
      return headerValue(named, SmallFile.read(file).strip());
    } catch (IOException unreadable) {
      throw refuse(named + " cannot be read");
    }
  }

  private Optional<SSLContext> tls(JsonNode node) {
    if (!object(node, "tls_config").isObject()) {
      return Optional.empty();
    }
    onlyKeys(node, "tls_config.", Set.of("ca_file", "cert_file", "key_file"));
    if (node.hasNonNull("cert_file") != node.hasNonNull("key_file")) {
      throw refuse("tls_config.cert_file and tls_config.key_file belong together");
    }
    try {
      return Optional.of(
          TlsFiles.context(path(node, "ca_file"), path(node, "cert_file"), path(node, "key_file")));
    } catch (IOException unusable) {
      throw refuse(
          "tls_config: " + BadInputException.oneLine(String.valueOf(unusable.getMessage())));
    }
  }

  private Optional<Path> path(JsonNode node, String key) {
    return node.hasNonNull(key)
        ? Optional.of(folder.resolve(node.path(key).asText()))
        : Optional.empty();
  }

  private Duration timeout(JsonNode node) {
    if (node.isMissingNode()) {
      return RemoteWriteTarget.PATIENCE;
    }
    Matcher duration = DURATION.matcher(node.asText());
    if (!duration.matches()) {
      throw refuse("remote_timeout must be like 10s, 500ms or 1m, given " + node.asText());
    }
    long count = Long.parseLong(duration.group(1));
    Duration timeout =
        switch (duration.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          default -> Duration.ofMinutes(count);
        };
    if (timeout.toMillis() < 100 || timeout.toMinutes() > 5) {
      throw refuse("remote_timeout must be from 100ms to 5m, given " + node.asText());
    }
    return timeout;
  }

  private SeriesChoice series(JsonNode node) {
    if (node.isMissingNode()) {
      return SeriesChoice.standard();
    }
    List<String> words = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(word -> words.add(word.asText()));
    } else {
      words.add(node.asText());
    }
    if (words.stream().anyMatch(String::isBlank) || words.isEmpty()) {
      throw refuse("series must be default, all, or a list of series");
    }
    words.forEach(this::requireSeries);
    return SeriesChoice.of(words);
  }

  /** One that no run can have would be missed in silence. */
  private void requireSeries(String word) {
    if (word.equals(SeriesChoice.DEFAULT) || word.equals(SeriesChoice.ALL)) {
      return;
    }
    List<String> known =
        Catalogue.complete().entries().stream()
            .filter(entry -> entry.origin() == Catalogue.Origin.REPORT)
            .map(entry -> entry.spec().fullName())
            .toList();
    int labels = word.indexOf('{');
    if (!known.contains(labels < 0 ? word : word.substring(0, labels))) {
      throw refuse(
          "series "
              + BadInputException.echo(word)
              + " is no metric of a step"
              + NearestName.hint(word, known)
              + "docs/metrics.md lists them");
    }
  }

  private BadInputException refuse(String why) {
    return new BadInputException(place + ": " + why);
  }
}
