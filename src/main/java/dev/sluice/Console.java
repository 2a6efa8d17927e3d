package dev.sluice;

import java.io.PrintWriter;
import picocli.CommandLine;

/**
 * Where a command writes.
 *
 * @param out for what was asked for
 * @param err for everything else
 * @param terminal whether {@code err} is a terminal
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal) {

  static Console of(CommandLine command, boolean terminal) {
    return new Console(command.getOut(), command.getErr(), terminal);
  }
}
