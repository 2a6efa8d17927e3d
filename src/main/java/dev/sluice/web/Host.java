package dev.sluice.web;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address to listen on. A name is looked up once, here: what is asked about it and what is bound
 * are the same address.
 */
public final class Host {

  /** This machine alone. */
  public static final Host LOCAL = new Host(NetUtil.LOCALHOST4);

  private final InetAddress address;

  private Host(InetAddress address) {
    this.address = address;
  }

  /**
   * From an IP address, or a name that stands for one.
   *
   * @throws UnknownHostException when it is neither
   */
  public static Host of(String given) throws UnknownHostException {
    // the JDK takes nothing for a name of this machine
    if (given.isBlank()) {
      throw new UnknownHostException("no address");
    }
    return new Host(InetAddress.getByName(given));
  }

  /** Whether nobody but this machine can reach it. */
  public boolean isLoopback() {
    return address.isLoopbackAddress();
  }

  /** Whether it stands for all addresses of this machine. */
  public boolean isEvery() {
    return address.isAnyLocalAddress();
  }

  /** As the operating system takes it. */
  String literal() {
    return NetUtil.toAddressString(address);
  }

  /** As it stands in a URL that this machine can open. */
  String inUrl() {
    String reachable =
        isEvery() ? (address.getAddress().length > 4 ? "::1" : "127.0.0.1") : literal();
    return reachable.contains(":") ? "[" + reachable + "]" : reachable;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Host host && host.address.equals(address);
  }

  @Override
  public int hashCode() {
    return address.hashCode();
  }

  @Override
  public String toString() {
    return literal();
  }
}
