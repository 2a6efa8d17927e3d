package dev.sluice.web;

/** The server cannot have its port; the message says which, why and what to do. */
public final class PortBusyException extends RuntimeException {

  PortBusyException(Host host, int port, String reason) {
    this(host, port, reason, "choose another with --port N, or --port 0 for any free one");
  }

  private PortBusyException(Host host, int port, String reason, String advice) {
    super("cannot listen on port " + port + " of " + host + " (" + reason + "); " + advice);
  }

  /** The address is somebody else's. */
  static PortBusyException strangeHost(Host host, int port) {
    return new PortBusyException(
        host,
        port,
        "this machine has no such address",
        "--host takes one of its own, or 0.0.0.0 for all of them");
  }
}
