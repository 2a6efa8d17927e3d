package dev.sluice;

import dev.sluice.config.BadInputException;
import dev.sluice.config.NearestName;
import dev.sluice.export.RunExport;
import dev.sluice.export.RunExport.Format;
import dev.sluice.export.SeriesChoice;
import dev.sluice.history.RunFolder;
import dev.sluice.history.RunLogReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice export}: a run's steps into a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes every step of a run, from its history, while it trains or afterwards.",
      "",
      "openmetrics: under the names of remote write and with the times of the steps, for 'promtool"
          + " tsdb create-blocks-from openmetrics'. csv, ndjson: one line a step.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice export lottery-small-mask-s0-20261122t080000 --format csv > steps.csv",
      "  sluice export runs/lottery-small-mask-s0-20261122t080000 --format openmetrics -o steps.om",
      "  promtool tsdb create-blocks-from openmetrics steps.om blocks"
    })
final class ExportCommand implements Callable<Integer> {

  private final OutputStream standardOutput;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "a run's id, its beginning where no other run has it, or its folder")
  private @Nullable String run;

  @Option(
      names = "--format",
      paramLabel = "openmetrics|csv|ndjson",
      description = "how it is written; has to be given")
  private @Nullable String format;

  @Option(
      names = "--series",
      split = ";",
      paramLabel = "S",
      description =
          "default (the series that remote write sends), all, a metric such as sluice_loss, or one"
              + " series with its labels; several times or with ';' between. Without it default for"
              + " openmetrics, all otherwise")
  private List<String> series = new ArrayList<>();

  @Option(names = "--from", paramLabel = "STEP", description = "first step, 0 by default")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "STEP", description = "last step, the run's by default")
  private @Nullable String to;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where to; standard output by default")
  private @Nullable Path output;

  @Option(
      names = "--data-dir",
      paramLabel = "D",
      defaultValue = ".",
      description = "where runs/ lies, the current folder by default")
  private Path dataDirectory = Path.of(".");

  /**
   * @param standardOutput one that does not hide what goes wrong
   */
  ExportCommand(OutputStream standardOutput) {
    this.standardOutput = standardOutput;
  }

  @Override
  public Integer call() throws Exception {
    Format chosen = format();
    long first = from == null ? 0 : Options.step("--from", from);
    long last = to == null ? Long.MAX_VALUE : Options.step("--to", to);
    if (first > last) {
      throw new BadInputException("--from " + first + " lies behind --to " + last);
    }
    RunFolder folder = folder();
    OutputFile file = output == null ? null : new OutputFile("--output", output);
    try (RunLogReader history = RunLogReader.open(folder.database())) {
      RunExport export = RunExport.of(history, id(folder), series(chosen, history), first, last);
      if (chosen == Format.OPENMETRICS && export.stepCount() > export.mostOpenMetricsSteps()) {
        throw new BadInputException(
            "openmetrics takes at most "
                + export.mostOpenMetricsSteps()
                + " steps at once, this is "
                + export.stepCount()
                + "; choose some with --from and --to");
      }
      if (file == null) {
        print(export, chosen);
      } else {
        file.write(out -> export.write(chosen, out));
      }
    }
    return ExitStatus.FINISHED.code();
  }

  private Format format() {
    List<String> names =
        Arrays.stream(Format.values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    if (format == null) {
      throw new BadInputException("--format is missing: one of " + String.join(", ", names));
    }
    return Format.valueOf(Options.choice("--format", format, names).toUpperCase(Locale.ROOT));
  }

  private SeriesChoice series(Format chosen, RunLogReader history) {
    if (series.isEmpty()) {
      return SeriesChoice.of(
          List.of(chosen == Format.OPENMETRICS ? SeriesChoice.DEFAULT : SeriesChoice.ALL));
    }
    SeriesChoice choice = SeriesChoice.of(series);
    String unknown = choice.unknownTo(history.keys());
    if (!unknown.isEmpty()) {
      throw new BadInputException(
          "--series "
              + BadInputException.echo(unknown)
              + ": this run has no such series"
              + NearestName.hint(unknown, history.keys())
              + "'--format csv --to 0' shows them all");
    }
    return choice;
  }

  private RunFolder folder() throws IOException {
    if (run == null) {
      throw new BadInputException("export needs a run" + known());
    }
    Path given = Path.of(run);
    if (Files.isDirectory(given)) {
      return open(given);
    }
    List<String> ids = ids();
    List<String> meant = ids.stream().filter(id -> id.startsWith(run)).toList();
    if (ids.contains(run) || meant.size() == 1) {
      return open(runs().resolve(ids.contains(run) ? run : meant.get(0)));
    }
    throw new BadInputException(
        "run "
            + BadInputException.echo(run)
            + (meant.isEmpty() ? ": there is none of that name" : ": several begin so")
            + known());
  }

  private static RunFolder open(Path path) {
    try {
      return RunFolder.open(path.toAbsolutePath().normalize());
    } catch (IOException noRun) {
      throw new BadInputException(String.valueOf(noRun.getMessage()), noRun);
    }
  }

  /** Its name from the start, whatever its folder is called by now. */
  private static String id(RunFolder folder) {
    return folder.description().path("run").asText(folder.id());
  }

  private Path runs() {
    return dataDirectory.resolve("runs");
  }

  private List<String> ids() throws IOException {
    if (!Files.isDirectory(runs())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs())) {
      return folders.map(folder -> String.valueOf(folder.getFileName())).sorted().toList();
    }
  }

  private String known() throws IOException {
    List<String> ids = ids();
    if (ids.isEmpty()) {
      return "; there are no runs in " + runs() + ", --data-dir names another place";
    }
    int most = 5;
    String more = ids.size() > most ? " and " + (ids.size() - most) + " more" : "";
    return "; runs in "
        + runs()
        + ": "
        + String.join(", ", ids.subList(0, Math.min(most, ids.size())))
        + more;
  }

  private void print(RunExport export, Format chosen) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(standardOutput, StandardCharsets.UTF_8));
    try {
      export.write(chosen, out);
    } catch (IOException unwritable) {
      String why = String.valueOf(unwritable.getMessage());
      // head and its like have seen what they wanted
      if (!why.contains("Broken pipe")) {
        throw new IOException("standard output could not be written: " + why, unwritable);
      }
    }
  }
}
