package dev.sluice.verticle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StreamSettingsTest {

  @Test
  void what_is_out_of_range_is_refused_with_what_is_allowed() {
    assertThatThrownBy(() -> StreamSettings.DEFAULT.withCredits(0))
        .hasMessage("credits must be in [1, 64]: 0");
    assertThatThrownBy(() -> StreamSettings.DEFAULT.withProducers(65))
        .hasMessage("producers must be in [1, 64]: 65");
    assertThatThrownBy(() -> StreamSettings.DEFAULT.withHistoryWindow(0))
        .hasMessageStartingWith("history window must be in [1, ");
  }
}
