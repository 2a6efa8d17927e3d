package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenTest {
  private static final String TEXT = "0123:456789/abc+def=";

  private final Token token = Token.of(TEXT);

  @ParameterizedTest
  @ValueSource(strings = {"Bearer %s", "bearer %s", "BEARER   %s", " Bearer %s "})
  void bearer_showsIt(String header) {
    assertThat(token.isShownBy(header.formatted(TEXT))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {":", "me:", "sluice:", "ünicode:"})
  void basic_showsItAsThePasswordOfAnyUser(String user) {
    assertThat(token.isShownBy(basic(user + TEXT))).isTrue();
    assertThat(token.isShownBy(basic(user + TEXT).replace("Basic", "basic"))).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "Bearer",
        "Bearer ",
        "Basic",
        "Basic ",
        TEXT,
        "Bearer 0123:456789/abc+def",
        "Bearer 0123:456789/ABC+DEF=",
        "Bearer 0123:456789/abc+def==",
        "Bearer " + TEXT + " " + TEXT,
        "Digest " + TEXT,
        "Token " + TEXT,
        "Basic " + TEXT,
        "Basic !!!!",
        "Basic bm9jb2xvbg=="
      })
  void anythingElse_doesNot(String header) {
    assertThat(token.isShownBy(header)).isFalse();
  }

  @Test
  void userNameThatIsTheToken_doesNot() {
    assertThat(token.isShownBy(basic(TEXT + ":"))).isFalse();
    assertThat(token.isShownBy(basic(TEXT))).isFalse();
    assertThat(token.isShownBy(basic("me:" + TEXT + "x"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fifteen-letters",
        "with a space in it",
        "line\nbreak-in-the-text",
        "ümläut-sixteen-ch"
      })
  void unfitToken_isRefusedWithoutBeingRepeated(String text) {
    assertThatThrownBy(() -> Token.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a token must")
        .satisfies(
            thrown -> assertThat(text.isEmpty() || !thrown.getMessage().contains(text)).isTrue());
  }

  @Test
  void tokenThatIsTooLongForAHeader_isRefused() {
    assertThat(Token.of("x".repeat(Token.LONGEST))).isNotNull();
    assertThatThrownBy(() -> Token.of("x".repeat(Token.LONGEST + 1)))
        .hasMessage("a token must have from 16 to 1024 characters");
  }

  @Test
  void itIsNeverPrinted() {
    assertThat(token).hasToString("Token[hidden]");
    assertThat(WebOptions.of(Host.LOCAL, 1, token).toString()).doesNotContain(TEXT);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
