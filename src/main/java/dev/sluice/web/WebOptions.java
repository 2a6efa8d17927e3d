package dev.sluice.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens and what it allows.
 *
 * @param host the address to listen on; one that others can reach needs a token
 * @param port 0 takes any free port
 * @param token that is asked of everybody; null where there is none
 * @param expectedRuns runs that must have started before the server calls itself ready
 * @param live limits of the live stream
 */
public record WebOptions(Host host, int port, @Nullable Token token, int expectedRuns, Live live) {

  /**
   * Limits of the live stream.
   *
   * @param maxClients that may follow at once
   * @param frameMillis between two frames
   * @param heartbeatMillis after which a silent stream sends a comment
   * @param historyPoints most points of a curve in the history
   * @param framePoints most points of a curve in one frame
   */
  public record Live(
      int maxClients, int frameMillis, int heartbeatMillis, int historyPoints, int framePoints) {

    /** Ten frames a second, as much as a screen can show. */
    public static Live standard() {
      return new Live(64, 100, 15_000, 512, 32);
    }
  }

  public WebOptions {
    if (token == null && !host.isLoopback()) {
      throw new IllegalArgumentException(
          "without a token, host must be a loopback address (127.0.0.1 or ::1): " + host);
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be in [0, 65535]: " + port);
    }
  }

  /** On this machine alone, open to everybody on it. */
  public static WebOptions local(int port) {
    return of(Host.LOCAL, port, null);
  }

  /** With the limits as they usually are. */
  public static WebOptions of(Host host, int port, @Nullable Token token) {
    return new WebOptions(host, port, token, 0, Live.standard());
  }

  /** The same, ready only when so many runs have started. */
  public WebOptions expecting(int runs) {
    return new WebOptions(host, port, token, runs, live);
  }

  /** Whether a host name or address, as in a Host header, can only mean this machine. */
  static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
