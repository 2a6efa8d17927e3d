package dev.sluice.web;

/** The server cannot have its port; the message says which, why and what to do. */
public final class PortBusyException extends RuntimeException {

  PortBusyException(String host, int port, String reason) {
    super(
        "cannot listen on port "
            + port
            + " of "
            + host
            + " ("
            + reason
            + "); choose another with --port N, or --port 0 for any free one");
  }
}
