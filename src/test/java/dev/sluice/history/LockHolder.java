package dev.sluice.history;

import java.nio.file.Path;

/** A process that takes a run's lock, says so, and keeps it until it is killed. */
final class LockHolder {
  private LockHolder() {}

  public static void main(String[] arguments) throws Exception {
    RunLock lock = RunLock.tryTake(Path.of(arguments[0])).orElseThrow();
    System.out.write('+');
    System.out.flush();
    Thread.currentThread().join();
    lock.close();
  }
}
