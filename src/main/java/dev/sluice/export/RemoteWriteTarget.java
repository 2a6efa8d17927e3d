package dev.sluice.export;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * A remote-write receiver: Prometheus, Mimir, Thanos Receive, VictoriaMetrics, Grafana Cloud.
 *
 * @param uri http or https, without user and password
 * @param headers sent with every request
 * @param authorization value of the header Authorization, asked for again when it is refused, since
 *     credentials in a file may be renewed; says nothing where none is needed
 * @param tls what to trust and to show, where the machine's own certificates are not enough
 * @param timeout after which a request has failed
 * @param series what is sent
 */
public record RemoteWriteTarget(
    URI uri,
    Map<String, String> headers,
    Supplier<Optional<String>> authorization,
    Optional<SSLContext> tls,
    Duration timeout,
    SeriesChoice series) {

  /** How long a request may take unless told otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * @throws IllegalArgumentException that says what is wrong with the address
   */
  public RemoteWriteTarget {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("must begin with http:// or https://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("must name a host");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new IllegalArgumentException("must have a port from 1 to 65535, or none");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "must not hold a user or password; they belong in a file, under basic_auth");
    }
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must not hold a fragment (#)");
    }
    headers = new TreeMap<>(headers);
  }

  /** A receiver that asks for nothing. */
  public static RemoteWriteTarget of(URI uri) {
    return new RemoteWriteTarget(
        uri, Map.of(), Optional::empty, Optional.empty(), PATIENCE, SeriesChoice.standard());
  }

  /**
   * Names the receiver among those a run is delivered to. It is written into histories, which
   * people copy, and so it has no more in it than what people may read.
   */
  String name() {
    return toString();
  }

  /** Where it goes, for people and logs; a query may hold a secret and is left out. */
  @Override
  public String toString() {
    int port = uri.getPort();
    return uri.getScheme()
        + "://"
        + uri.getHost()
        + (port < 0 ? "" : ":" + port)
        + uri.getRawPath();
  }
}
