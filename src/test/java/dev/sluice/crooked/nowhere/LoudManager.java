package dev.sluice.crooked.nowhere;

/** Lies in no known package, has no good name, shouts and exits: all on purpose. */
public final class LoudManager {
  @SuppressWarnings("SystemOut")
  public void stop() {
    System.out.println("stop");
    System.exit(1);
  }
}
