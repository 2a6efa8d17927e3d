package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.export.RemoteWriteTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemoteWriteFileTest {
  @TempDir Path folder;

  private RemoteWriteTarget read(String yaml) throws IOException {
    return RemoteWriteFile.read(Files.writeString(folder.resolve("target.yaml"), yaml).toString());
  }

  @Test
  void anAddressIsEnough() {
    RemoteWriteTarget target = RemoteWriteFile.read("http://127.0.0.1:9090/api/v1/write");
    assertThat(target.uri()).hasHost("127.0.0.1").hasPort(9090).hasPath("/api/v1/write");
    assertThat(target.authorization().get()).isEmpty();
    assertThat(target.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(target.tls()).isEmpty();
  }

  @Test
  void aFileMayHoldEverything_inPrometheusOwnWords() throws IOException {
    Files.writeString(folder.resolve("secret"), "pass word\n");
    RemoteWriteTarget target =
        read(
            """
            url: https://mimir.example/api/v1/push
            remote_timeout: 500ms
            headers:
              X-Scope-OrgID: team
            basic_auth:
              username: me
              password_file: secret
            series: [default, sluice_winner_ratio]
            """);
    assertThat(target.headers()).isEqualTo(Map.of("X-Scope-OrgID", "team"));
    assertThat(target.authorization().get()).contains("Basic bWU6cGFzcyB3b3Jk");
    assertThat(target.timeout()).isEqualTo(Duration.ofMillis(500));
    Files.writeString(folder.resolve("secret"), "renewed");
    assertThat(target.authorization().get()).contains("Basic bWU6cmVuZXdlZA==");
    Files.delete(folder.resolve("secret"));
    assertThat(target.authorization().get()).contains("Basic bWU6cmVuZXdlZA==");
  }

  @Test
  void aBearerTokenComesFromTheFileOrFromAnother() throws IOException {
    assertThat(read("{url: 'http://a/', authorization: {credentials: abc}}").authorization().get())
        .contains("Bearer abc");
    Files.writeString(folder.resolve("token"), "xyz\n");
    assertThat(
            read("{url: 'http://a/', authorization: {type: Token, credentials_file: token}}")
                .authorization()
                .get())
        .contains("Token xyz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://a/b | must begin with http:// or https://",
        "http:///path | must name a host",
        "http://me:secret@a/b | must not hold a user or password",
        "http://me:pa/secret@a/b | must name a host",
        "http://a:99999/b | must have a port from 1 to 65535",
        "ftp://a/b?token=secret | must begin with http:// or https://",
        "/dev/zero | cannot be read as text in UTF-8",
        "http://a/b#c | fragment",
        "http://a b/ | is not a URL",
        "/nowhere/target.yaml | no such file, and no URL"
      })
  void anAddressThatCannotBe_isRefused_withoutAPassword(String given, String reason) {
    assertThatThrownBy(() -> RemoteWriteFile.read(given))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--remote-write ")
        .hasMessageContaining(reason)
        .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("secret", "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[] | must hold lines of the form key: value",
        "url | must hold lines",
        "{url: [ | is not YAML",
        "{headers: {}} | url is missing, for example url: http://",
        "{url: 'http://a/', ulr: b} | unknown key ulr",
        "{url: 'me@a'} | must begin with http",
        "{url: 'http://a/', headers: {Authorization: x}} | headers: Authorization cannot be set",
        "{url: 'http://a/', headers: {'a b': x}} | cannot be set",
        "{url: 'http://a/', headers: {a: \"x\\ny\"}} | must be printable ASCII",
        "{url: 'http://a/', headers: 3} | headers must hold lines",
        "{url: 'http://a/', basic_auth: {password: x}} | username is missing",
        "{url: 'http://a/', basic_auth: {username: x}} | basic_auth.password or basic_auth.password_file is needed",
        "{url: 'http://a/', basic_auth: {username: x, password: y, password_file: z}} | one of them",
        "{url: 'http://a/', basic_auth: {username: x, password_file: nowhere}} | cannot be read",
        "{url: 'http://a/', basic_auth: {username: x, password: y}, authorization: {credentials: z}} | one of them is allowed",
        "{url: 'http://a/', remote_timeout: 10} | must be like 10s",
        "{url: 'http://a/', remote_timeout: 10ms} | from 100ms to 5m",
        "{url: 'http://a/', series: []} | series must be",
        "{url: 'http://a/', series: [default, sluice_winer_ratio]} | is no metric of a step; did you mean sluice_winner_ratio",
        "{url: 'http://a/', headers: {Expect: x}} | cannot be set",
        "{url: 'http://a/', headers: {Transfer-Encoding: x}} | cannot be set",
        "{url: 'http://a/', tls_config: {insecure: true}} | unknown key tls_config.insecure",
        "{url: 'http://a/', tls_config: {ca_file: nowhere}} | cannot be read",
        "{url: 'http://a/', tls_config: {cert_file: x}} | belong together"
      })
  void aFileThatCannotBe_isRefusedInOneLine(String yaml, String reason) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--remote-write ")
        .hasMessageContaining(reason)
        .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aTargetShowsNeitherQueryNorCredentials() throws IOException {
    assertThat(read("{url: 'https://a:1/b?token=hush', authorization: {credentials: hush}}"))
        .hasToString("https://a:1/b");
  }
}
