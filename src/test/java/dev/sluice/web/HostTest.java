package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true,  false, 127.0.0.1, 127.0.0.1",
    "127.0.1.1, true,  false, 127.0.1.1, 127.0.1.1",
    "::1,       true,  false, ::1,       [::1]",
    "[::1],     true,  false, ::1,       [::1]",
    "0.0.0.0,   false, true,  0.0.0.0,   127.0.0.1",
    "::,        false, true,  ::,        [::1]",
    "192.0.2.7, false, false, 192.0.2.7, 192.0.2.7",
    "2001:db8:0:0::7, false, false, 2001:db8::7, [2001:db8::7]",
    "::ffff:127.0.0.1, true, false, 127.0.0.1, 127.0.0.1",
  })
  void address_isKnownForWhatItIs(
      String given, boolean loopback, boolean every, String literal, String inUrl)
      throws UnknownHostException {
    Host host = Host.of(given);
    assertThat(host.isLoopback()).isEqualTo(loopback);
    assertThat(host.isEvery()).isEqualTo(every);
    assertThat(host.literal()).isEqualTo(literal);
    assertThat(host.inUrl()).isEqualTo(inUrl);
  }

  @Test
  void name_isLookedUpOnce() throws UnknownHostException {
    Host host = Host.of("localhost");
    assertThat(host.isLoopback()).isTrue();
    assertThat(host.literal()).isIn("127.0.0.1", "::1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "127.0.0.1:8080", "http://127.0.0.1", "::1::2", "[::1"})
  void whatIsNoAddress_isRefused(String given) {
    assertThatThrownBy(() -> Host.of(given)).isInstanceOf(UnknownHostException.class);
  }
}
