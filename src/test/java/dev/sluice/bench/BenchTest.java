package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void everyPart_isMeasuredSaidAndWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bench.json");

    int status =
        execute(
            "--quick", "--size=S", "--threads=1", "--rounds=1", "--seconds=0.05", "--json=" + file);

    assertThat(status).as(errors.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(file.toFile());
    assertThat(report.at("/machine/cores").asInt()).isPositive();
    assertThat(report.at("/versions/openblas").asText()).matches("[0-9].*");
    JsonNode step = report.at("/steps/0");
    assertThat(step.get("size").asText()).isEqualTo("S");
    assertThat(step.get("floorMs").asDouble()).isPositive();
    assertThat(step.get("floorShare").asDouble()).isPositive();
    assertThat(report.at("/pipeline/0/stepsPerSecond").asDouble()).isEqualTo(100);
    assertThat(report.at("/memory/samples")).hasSize(10);
    assertThat(out.toString()).contains("step reaches", "pipeline holds", "bytes allocated");
  }

  @Test
  void steps_allocateNextToNothingOnTheHeapAndLeaveNothingBeside() {
    BlasThreads.use(1);
    try (var backend = new dev.sluice.compute.CpuBackend();
        Workload bare = new BareStep(backend, Size.S)) {
      MemoryWatch.Result result = MemoryWatch.watch(bare, 1_000);

      assertThat(result.heapBytesPerStep()).isLessThan(8_192);
      var samples = result.samples();
      // one matrix a step left behind would be some 200 MiB
      long growth = samples.get(9).residentBytes() - samples.get(1).residentBytes();
      assertThat(growth).isLessThan(32L << 20);
    }
  }

  @Test
  void badInput_isAnsweredWithWhatIsAllowed() {
    assertThat(execute("--threads=0")).isEqualTo(2);
    assertThat(errors.toString()).contains("threads must be in [1, 64]: 0");
    assertThat(execute("--size=XL")).isEqualTo(2);
    assertThat(errors.toString()).contains("XL").contains("S, M, L");
  }

  private int execute(String... arguments) {
    return new CommandLine(new BenchCommand((size, seconds) -> 100, null))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
