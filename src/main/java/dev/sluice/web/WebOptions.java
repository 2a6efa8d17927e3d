package dev.sluice.web;

import java.util.Locale;

/**
 * Where the server listens and what it allows.
 *
 * @param host a loopback address or name: there is no login, so nobody else may reach it
 * @param port 0 takes any free port
 * @param expectedRuns runs that must have started before the server calls itself ready
 * @param live limits of the live stream
 */
public record WebOptions(String host, int port, int expectedRuns, Live live) {

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
    if (!isLoopback(host)) {
      throw new IllegalArgumentException(
          "host must be a loopback address (127.0.0.1, ::1 or localhost): " + host);
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be in [0, 65535]: " + port);
    }
  }

  /** On 127.0.0.1. */
  public static WebOptions local(int port) {
    return new WebOptions("127.0.0.1", port, 0, Live.standard());
  }

  /** The same, ready only when so many runs have started. */
  public WebOptions expecting(int runs) {
    return new WebOptions(host, port, runs, live);
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
