package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.export.RemoteWriteTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is only trusted, and only trusts, with certificates from files. */
final class TlsFilesTest {
  private static final char[] PASSWORD = "made for this test".toCharArray();

  @TempDir static Path folder;

  private HttpsServer server;
  private URI uri;

  @BeforeEach
  void serve() throws Exception {
    keyPair("server");
    keyPair("client");
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store("server"), PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store("client"));
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ours = context.getDefaultSSLParameters();
            ours.setNeedClientAuth(true);
            parameters.setSSLParameters(ours);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void keyPair(String name) throws IOException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    if (Files.exists(store)) {
      return;
    }
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        store.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-file",
        folder.resolve(name + ".pem").toString(),
        "-keystore",
        store.toString());
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  private static KeyStore store(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static Path clientKey() throws Exception {
    byte[] key = store("client").getKey("client", PASSWORD).getEncoded();
    return Files.writeString(
        folder.resolve("client.key"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n");
  }

  private RemoteWriteTarget target(String tls) throws IOException {
    Path file = folder.resolve("target.yaml");
    Files.writeString(file, "{url: '" + uri + "', tls_config: {" + tls + "}}");
    return RemoteWriteFile.read(file.toString());
  }

  private int post(Optional<SSLContext> tls) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().sslContext(tls.orElseThrow()).build();
    return client
        .send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void bothSidesAreKnownByTheirCertificates() throws Exception {
    clientKey();
    assertThat(
            post(target("ca_file: server.pem, cert_file: client.pem, key_file: client.key").tls()))
        .isEqualTo(204);
  }

  @Test
  void aServerThatIsNotTrusted_isNotTalkedTo() throws Exception {
    clientKey();
    Optional<SSLContext> wrong =
        target("ca_file: client.pem, cert_file: client.pem, key_file: client.key").tls();
    Assertions.assertThatThrownBy(() -> post(wrong)).isInstanceOf(SSLException.class);
  }

  @Test
  void aClientWithoutACertificate_isNotLetIn() throws Exception {
    Optional<SSLContext> nobody = target("ca_file: server.pem").tls();
    Assertions.assertThatThrownBy(() -> post(nobody)).isInstanceOf(IOException.class);
  }

  @Test
  void aFileOfTheWrongKind_isNamed() throws Exception {
    clientKey();
    Assertions.assertThatThrownBy(() -> target("ca_file: client.key"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("client.key holds no certificate in PEM");
    Assertions.assertThatThrownBy(() -> target("cert_file: client.pem, key_file: client.pem"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("client.pem holds no unencrypted key in PKCS 8");
  }
}
