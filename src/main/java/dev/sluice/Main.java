package dev.sluice;

import dev.sluice.bench.BenchCommand;
import dev.sluice.config.BadInputException;
import dev.sluice.config.NearestName;
import dev.sluice.recipe.Recipes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. */
public final class Main {
  private static final String NAME = "sluice: ";
  private static final Set<String> TRAINING = Set.of("demo", "run");

  private Main() {}

  public static void main(String[] arguments) {
    String[] complete = arguments(arguments);
    if (TRAINING.contains(complete[0])) {
      Natives.loadAhead();
    }
    System.exit(commandLine(Program.shipped(Recipes.all())).execute(complete));
  }

  /** The arguments with the command they leave out. */
  static String[] arguments(String... given) {
    List<String> ofTheTop = List.of("-h", "--help", "-V", "--version");
    if (given.length > 0 && (!given[0].startsWith("-") || ofTheTop.contains(given[0]))) {
      return given;
    }
    List<String> arguments = new ArrayList<>(List.of("demo"));
    arguments.addAll(Arrays.asList(given));
    return arguments.toArray(String[]::new);
  }

  /** Every command; a mistake is answered in one line and never with a stack trace. */
  static CommandLine commandLine(Program program) {
    CommandLine line = new CommandLine(new SluiceCommand());
    line.addSubcommand(new DemoCommand(program));
    line.addSubcommand(new RunCommand(program));
    line.addSubcommand(new RecipesCommand(program));
    line.addSubcommand(new ExportCommand(new FileOutputStream(FileDescriptor.out)));
    line.addSubcommand(
        new BenchCommand(
            new BenchPipeline(), new BenchSystems(program.recipes(), program.reader())));
    line.addSubcommand(new CommandLine.HelpCommand());
    line.getCommandSpec().version("sluice " + Versions.sluice());
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().version("sluice " + Versions.sluice()));
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler((thrown, arguments) -> answer(thrown));
    line.setExecutionExceptionHandler((thrown, command, result) -> answer(thrown, command));
    return line;
  }

  private static int answer(ParameterException thrown) {
    CommandLine command = thrown.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(NAME + BadInputException.oneLine(mistake(thrown)) + nearest(thrown));
    log().debug("refused", thrown);
    return ExitStatus.BAD_INPUT.code();
  }

  private static String mistake(ParameterException thrown) {
    String message = String.valueOf(thrown.getMessage());
    return message.isEmpty()
        ? "bad arguments"
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  /** The name that was probably meant, and where to read more. */
  private static String nearest(ParameterException thrown) {
    CommandLine command = thrown.getCommandLine();
    List<String> names = new ArrayList<>(command.getSubcommands().keySet());
    command.getCommandSpec().options().forEach(each -> names.addAll(List.of(each.names())));
    String hint = "; ";
    if (thrown instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      hint = NearestName.hint(unmatched.getUnmatched().get(0), names);
    }
    return hint + "see " + command.getCommandSpec().qualifiedName() + " --help";
  }

  private static int answer(Exception thrown, CommandLine command) {
    PrintWriter err = command.getErr();
    if (thrown instanceof BadInputException) {
      err.println(NAME + thrown.getMessage());
      log().debug("refused", thrown);
      return ExitStatus.BAD_INPUT.code();
    }
    if (thrown instanceof IOException || thrown instanceof UncheckedIOException) {
      err.println(NAME + BadInputException.oneLine(String.valueOf(thrown.getMessage())));
      log().debug("failed", thrown);
      return ExitStatus.FAILED.code();
    }
    err.println(NAME + "failed: " + BadInputException.oneLine(String.valueOf(thrown)));
    log().error("failed", thrown);
    return ExitStatus.FAILED.code();
  }

  /** Asked for only when there is something to say: starting the log takes a tenth of a second. */
  private static Logger log() {
    return LoggerFactory.getLogger(Main.class);
  }
}
