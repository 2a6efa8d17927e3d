package dev.sluice.config;

/**
 * A user's mistake. The message is one line that says what was given and what is allowed; nobody
 * needs the stack trace.
 */
public final class BadInputException extends RuntimeException {

  private static final int LONGEST_ECHO = 80;

  public BadInputException(String message) {
    super(oneLine(message));
  }

  public BadInputException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** What a user gave, fit to be repeated in a line of text: no control characters, not endless. */
  public static String echo(String given) {
    String line = oneLine(given);
    return line.length() <= LONGEST_ECHO ? line : line.substring(0, LONGEST_ECHO) + "...";
  }

  /** The text without line breaks and other control characters. */
  public static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
