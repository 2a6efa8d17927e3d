package dev.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sluice.bench.BenchOptions.Part;
import dev.sluice.compute.CpuBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures how fast the training step is on this machine, and how flat its memory stays.",
    footer = {
      "",
      "Examples:",
      "  sluice bench --quick                    a look, in under a minute",
      "  sluice bench --json bench.json          everything, some minutes; keep the machine quiet",
      "  sluice bench --part step --size M --threads 1,2"
    })
public final class BenchCommand implements Callable<Integer> {

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there as JSON.")
  private @Nullable Path json;

  @Option(names = "--quick", description = "Sizes S and M only, short rounds.")
  private boolean quick;

  @Option(
      names = "--part",
      paramLabel = "PART",
      split = ",",
      description = "Which parts: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Part> parts = List.of();

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      split = ",",
      description = "Which sizes: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Size> sizes = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "BLAS threads, one measurement each. Default: 1,2.")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of each comparison. Default: 9.")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "X",
      description = "Length of one side of a round. Default: 1.")
  private double seconds;

  @Spec private @Nullable CommandSpec spec;

  private final @Nullable PipelineRate pipeline;
  private final @Nullable Systems systems;

  /**
   * @param pipeline null where the whole pipeline cannot be measured
   * @param systems null where none but the learner of Wen and Li can be
   */
  public BenchCommand(@Nullable PipelineRate pipeline, @Nullable Systems systems) {
    this.pipeline = pipeline;
    this.systems = systems;
  }

  @Override
  public Integer call() throws IOException {
    CommandSpec command = java.util.Objects.requireNonNull(spec);
    PrintWriter out = command.commandLine().getOut();
    BenchReport report =
        new Bench(options(command), CpuBackend::new, pipeline, systems, out::println).run();
    out.flush();
    if (json != null) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(json.toFile(), report);
    }
    return 0;
  }

  private BenchOptions options(CommandSpec command) {
    List<Size> defaultSizes = quick ? List.of(Size.S, Size.M) : List.of(Size.values());
    try {
      return new BenchOptions(
          sizes.isEmpty() ? defaultSizes : sizes,
          threads,
          parts.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(parts),
          rounds == 0 ? (quick ? 3 : 9) : rounds,
          seconds == 0 ? (quick ? 0.3 : 1) : seconds,
          quick ? 2_000 : 10_000);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
