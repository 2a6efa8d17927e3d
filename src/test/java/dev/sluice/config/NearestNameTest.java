package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> NAMES = List.of("batch", "learning_rate", "keep", "seed");

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, abc, 0",
    "abc, '', 3",
    "abc, axc, 1",
    "abc, ac, 1",
    "ab, ba, 1",
    "ca, abc, 3",
    "kitten, sitting, 3"
  })
  void distance_countsLetters(String from, String to, int distance) {
    assertThat(NearestName.distance(from, to)).isEqualTo(distance);
    assertThat(NearestName.distance(to, from)).isEqualTo(distance);
  }

  @ParameterizedTest
  @CsvSource({
    "bacth, batch",
    "Learning-Rate, learning_rate",
    "kep, keep",
    "lerning_rat, learning_rate"
  })
  void nearName_isFound(String given, String name) {
    assertThat(NearestName.hint(given, NAMES)).isEqualTo("; did you mean " + name + "? ");
  }

  @Test
  void farName_isNoHint() {
    assertThat(NearestName.hint("momentum", NAMES)).isEqualTo(". ");
    assertThat(NearestName.hint("x", NAMES)).isEqualTo(". ");
    assertThat(NearestName.hint("anything", List.of())).isEqualTo(". ");
  }
}
