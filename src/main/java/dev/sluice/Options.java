package dev.sluice;

import dev.sluice.config.BadInputException;
import dev.sluice.config.NearestName;
import dev.sluice.event.Knob;
import dev.sluice.web.Host;
import java.net.UnknownHostException;
import java.util.List;

/** Reads the values of options, so that every mistake is answered in the same words. */
final class Options {
  private static final int HIGHEST_PORT = 65_535;

  private Options() {}

  static int port(String given) {
    return (int) whole("--port", given, 0, HIGHEST_PORT);
  }

  /**
   * An address to listen on.
   *
   * @param where it was given, an option or a variable
   */
  static Host host(String where, String given) {
    try {
      return Host.of(given);
    } catch (UnknownHostException unknown) {
      throw new BadInputException(
          where
              + " "
              + BadInputException.echo(given)
              + ": must be an IP address of this machine, or a name of one",
          unknown);
    }
  }

  /** The text of the setting steps, where 0 would mean the horizon. */
  static String steps(String given) {
    return Long.toString(whole("--steps", given, 1, Long.MAX_VALUE));
  }

  /** The number of a step, counted from 0. */
  static long step(String option, String given) {
    return whole(option, given, 0, Long.MAX_VALUE);
  }

  /** The text of the setting pace: {@code max} is written 0 there. */
  static String pace(String given) {
    if (given.equals("max")) {
      return "0";
    }
    if (given.matches("\\d{1,9}(\\.\\d{1,9})?|\\.\\d{1,9}")
        && Knob.PACE.allows(Double.parseDouble(given))) {
      return given;
    }
    throw refused("--pace", given, "a number of steps a second up to 1000000, or max");
  }

  /** One of {@code names}. */
  static String choice(String option, String given, List<String> names) {
    if (names.contains(given)) {
      return given;
    }
    String nearest = NearestName.hint(given, names);
    throw new BadInputException(
        option
            + " "
            + BadInputException.echo(given)
            + ": must be one of "
            + String.join(", ", names)
            + (nearest.startsWith(";") ? nearest.stripTrailing() : ""));
  }

  private static long whole(String option, String given, long least, long most) {
    if (given.matches("\\d{1,18}")) {
      long value = Long.parseLong(given);
      if (value >= least && value <= most) {
        return value;
      }
    }
    String range =
        most == Long.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
    throw refused(option, given, "a whole number " + range);
  }

  private static BadInputException refused(String option, String given, String allowed) {
    return new BadInputException(
        option + " " + BadInputException.echo(given) + ": must be " + allowed);
  }
}
