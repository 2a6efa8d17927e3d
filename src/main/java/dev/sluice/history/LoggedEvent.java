package dev.sluice.history;

import java.util.Map;

/**
 * A run event as it stands in the log.
 *
 * @param step at whose boundary it happened
 * @param timestampMillis milliseconds since the epoch
 * @param label the value of the label {@code event}
 * @param text what a person reads
 * @param details what else it carries: knob, from, to; kind, severity, reason; stage; state
 */
public record LoggedEvent(
    long step, long timestampMillis, String label, String text, Map<String, Object> details) {

  public LoggedEvent {
    details = Map.copyOf(details);
  }
}
