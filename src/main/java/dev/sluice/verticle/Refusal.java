package dev.sluice.verticle;

import java.io.UncheckedIOException;

/** Codes of failed replies, as in HTTP, and how a failure is told in one line. */
final class Refusal {
  /** What was asked is not allowed. */
  static final int NOT_ALLOWED = 400;

  /** It was allowed, but it went wrong. */
  static final int FAILED = 500;

  private Refusal() {}

  /** The failure's message, or its class where it has none. */
  static String reason(Throwable failure) {
    if (failure instanceof UncheckedIOException && failure.getCause() != null) {
      return reason(failure.getCause());
    }
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
