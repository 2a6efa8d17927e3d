package dev.sluice.verticle;

import dev.sluice.event.RunEvent;

/** Where an event is made durable before it takes effect. */
@FunctionalInterface
public interface EventJournal {

  /**
   * Returns when the event is committed. Called on the trainer's own thread, which may wait.
   *
   * @throws RuntimeException when it could not be committed; the event then does not take effect
   */
  void commit(RunEvent event);
}
