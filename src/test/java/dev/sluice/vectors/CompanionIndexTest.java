package dev.sluice.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No vector of the companion systems lies unused. */
class CompanionIndexTest {
  private static final Path TESTS = Path.of("src", "test", "java", "dev", "sluice");
  private static final Path VECTORS = Path.of("src", "test", "resources", "vectors", "companions");

  /**
   * Every vector with the tests that read it. A test that reads a family takes its names from the
   * index and stands here with the family.
   */
  private static final Map<String, List<String>> USES = uses();

  private static Map<String, List<String>> uses() {
    Map<String, List<String>> uses = new LinkedHashMap<>();
    uses.put("loss_", List.of("loss/LossVectorTest"));
    uses.put("op_directpred_relative", List.of("optim/DirectPredTest"));
    uses.put("op_directpred_absolute", List.of("optim/DirectPredTest"));
    uses.put("net_mlp_leaky", List.of("model/NetVectorTest"));
    uses.put("net_mlp_bn_relu", List.of("model/NetVectorTest"));
    uses.put("net_hltm_tree", List.of("model/NetVectorTest", "train/TrajectoryVectorTest"));
    uses.put("opt_adam", List.of("optim/AdamTest"));
    uses.put("opt_sgd_momentum_wd", List.of("optim/SgdTest"));
    uses.put("metric_", List.of("probe/HealthVectorTest"));
    uses.put("metric_identifiability", List.of("probe/ReadoutTest"));
    uses.put("traj_byol_linear_", List.of("train/TrajectoryVectorTest"));
    uses.put("traj_mlp_", List.of("train/TrajectoryVectorTest"));
    uses.put("theory_noncontrastive", List.of("probe/NonContrastiveTest"));
    return uses;
  }

  @Test
  void index_namesEveryFile() throws IOException {
    try (Stream<Path> files = Files.list(VECTORS)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
          .filteredOn(name -> !name.equals("index"))
          .containsExactlyInAnyOrderElementsOf(CompanionVector.names());
    }
  }

  @Test
  void everyVector_isReadByATest() {
    assertThat(CompanionVector.names())
        .hasSize(43)
        .allSatisfy(name -> assertThat(USES.keySet()).anyMatch(use -> covers(use, name)));
  }

  @Test
  void everyUse_isOfAVectorAndStandsInItsTest() {
    assertThat(USES)
        .allSatisfy(
            (use, tests) -> {
              assertThat(CompanionVector.names()).anyMatch(name -> covers(use, name));
              assertThat(tests)
                  .isNotEmpty()
                  .allSatisfy(test -> assertThat(source(test)).contains("\"" + use));
            });
  }

  private static boolean covers(String use, String name) {
    return use.endsWith("_") ? name.startsWith(use) : name.equals(use);
  }

  private static String source(String test) throws IOException {
    return Files.readString(TESTS.resolve(test + ".java"));
  }
}
