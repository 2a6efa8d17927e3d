package dev.sluice;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice}: the commands. Alone, it is the demonstration ({@link Main#arguments}). */
@Command(
    name = "sluice",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[COMMAND]",
    description = {
      "Watches feature decoupling and representation collapse in self-supervised training, live.",
      "Without a command it shows the demonstration.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice                                 the demonstration, at http://127.0.0.1:8080/",
      "  sluice recipes                         what there is to run",
      "  sluice run wen-li --set overlap=0.5    one run to its end",
      "  sluice run --help                      everything about it"
    })
final class SluiceCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
